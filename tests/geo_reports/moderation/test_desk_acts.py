"""The verifikator's buttons: forms of each decision, hints beside them, and the way back."""

import json
import re

import pytest
from django.urls import reverse

from geo_reports import moderation
from geo_reports.models import Membership, ModerationDecision, Report
from geo_reports.workflow import Status
from tests.factories import ReportFactory, UserFactory, make_administrator, make_leader, make_officer, make_verifier

TEXT = "Dasar goblok, hubungi 0812-3456-7890 soal 👍 lubang di Jl. Melati"
PHONE = "0812-3456-7890"


def waiting(**fields) -> Report:
    return ReportFactory(**{"status": Status.WAITING, "visibility": "pending", "text": TEXT} | fields)


def case(client, report: Report) -> str:
    return client.get(reverse("desk:detail", args=[report.code])).content.decode()


def send(client, act: str, report: Report, **data):
    return client.post(reverse(f"desk:{act}", args=[report.code]), data, follow=True)


def hidden(page: str, form: str, name: str) -> str:
    inside = re.search(rf'id="act-{form}".*?</form>', page, re.DOTALL).group()
    return re.search(rf'name="{name}" value="([^"]*)"', inside).group(1)


def test_the_case_shows_what_the_rules_point_at_and_why_and_offers_the_likeliest_reason(desk_client, verifier):
    page = case(desk_client(verifier), waiting())
    assert re.search(r"<mark[^>]*>goblok</mark>", page)
    assert "ditujukan kepada orang" in page
    assert re.search(r'<option value="insult" selected>', page)


def test_nothing_is_chosen_beforehand_for_a_clean_text_and_a_reason_is_asked_for(desk_client, verifier):
    report = waiting(text="Lampu jalan mati tiga hari di tikungan")
    client = desk_client(verifier)
    assert "Saran pemeriksaan" not in case(client, report)
    assert send(client, "withhold", report).status_code == 422
    assert not ModerationDecision.objects.exists()


def test_hints_are_for_those_who_decide(desk_client, officer):
    page = case(desk_client(officer), ReportFactory(text=TEXT, visibility="pending"))
    assert "Saran pemeriksaan" not in page


def test_the_pile_of_those_who_wait_shows_the_hints_of_each(desk_client, verifier, django_assert_max_num_queries):
    waiting(), waiting(text="Petugas minta uang 500 ribu, ini pungli"), waiting(text="Lampu jalan mati di tikungan")
    client = desk_client(verifier)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("desk:queue"), {"tampil": "menunggu"}).content.decode()
    assert "Kata kasar</span>" in page
    assert "Jalur rahasia" in page
    assert page.count("Saran pemeriksaan") == 2


def test_flagged_words_are_covered_by_ticking_them(desk_client, verifier):
    report = waiting()
    client = desk_client(verifier)
    start = TEXT.index(PHONE)
    of = hidden(case(client, report), "redact", "of")
    send(client, "redact", report, flagged=[f"text:{start}-{start + len(PHONE)}"], of=of)
    report.refresh_from_db()
    assert report.text == TEXT.replace(PHONE, "[disunting]")
    assert report.original_text == TEXT


def test_a_phrase_is_covered_wherever_it_stands_in_any_case(desk_client, verifier):
    report = waiting(address="Gang jl. melati 5")
    send(desk_client(verifier), "redact", report, phrase="JL.  Melati")
    report.refresh_from_db()
    assert report.text.endswith("lubang di [disunting]")
    assert report.address == "Gang [disunting] 5"


def test_marked_words_are_covered_and_later_ones_add_to_them(desk_client, verifier):
    report = waiting()
    client = desk_client(verifier)
    for word in ("lubang", "Dasar"):
        page, text = case(client, report), Report.objects.get().text
        span = ["text", text.index(word), text.index(word) + len(word)]
        send(client, "redact", report, marked=json.dumps([span]), of=hidden(page, "redact", "of"))
    report.refresh_from_db()
    assert report.text == TEXT.replace("lubang", "[disunting]").replace("Dasar", "[disunting]")
    send(client, "redact", report, uncover="on")
    report.refresh_from_db()
    assert (report.text, report.original_text) == (TEXT, "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Pilih atau tulis kata"),
        ({"phrase": "tidak ada di sana"}, "tidak ada dalam uraian"),
        ({"marked": '[["text", 0, 5]]'}, "baru saja berubah"),
        ({"marked": "[[1]]", "of": "{of}"}, "tidak dapat dibaca"),
        ({"marked": '[["name", 0, 5]]', "of": "{of}"}, "tidak dapat dibaca"),
        ({"marked": '{"text": 1e999}', "of": "{of}"}, "tidak dapat dibaca"),
        ({"flagged": "text:0-999", "of": "{of}"}, "text:0-999"),
        ({"marked": '[["text", 0, 0]]', "of": "{of}"}, "Tandai kata"),
    ],
)
def test_what_cannot_be_covered_is_said_and_changes_nothing(desk_client, verifier, data, sentence):
    report = waiting()
    client = desk_client(verifier)
    of = hidden(case(client, report), "redact", "of")
    response = send(client, "redact", report, **{name: value.replace("{of}", of) for name, value in data.items()})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Report.objects.get().text == TEXT


ACTS = {
    "publish": {},
    "make-confidential": {},
    "withhold": {"reason": "insult", "note": "Tanpa kata kasar, ya."},
    "redact": {"phrase": "goblok"},
}


@pytest.mark.parametrize("act", ACTS)
def test_every_decision_can_be_taken_back_from_its_message_and_from_the_case(desk_client, verifier, act):
    report = waiting()
    before = Report.objects.values("text", "original_text", "visibility", "status", "withheld_reason").get()
    client = desk_client(verifier)
    page = send(client, act, report, **ACTS[act]).content.decode()
    url = reverse("desk:undo-decision", args=[report.code, ModerationDecision.objects.get().pk])
    assert page.count(f'action="{url}"') == 2
    page = client.post(url, follow=True).content.decode()
    assert Report.objects.values("text", "original_text", "visibility", "status", "withheld_reason").get() == before
    assert "Dibatalkan" in page
    assert f'action="{url}"' not in page


def test_what_can_no_longer_be_taken_back_says_why(desk_client, verifier):
    report = waiting()
    moderation.redact(report.pk, [(0, 5)], actor=verifier)
    moderation.publish(report.pk, actor=verifier)
    first = report.decisions.first()
    page = (
        desk_client(verifier)
        .post(reverse("desk:undo-decision", args=[report.code, first.pk]), follow=True)
        .content.decode()
    )
    assert "Batalkan yang terakhir lebih dulu" in page


def test_a_report_that_its_reporter_wants_confidential_offers_no_publishing(desk_client, verifier):
    report = waiting(wants_confidential=True, visibility="confidential")
    client = desk_client(verifier)
    page = case(client, report)
    assert "Jadikan rahasia" in page
    assert 'id="act-publish"' not in page
    assert send(client, "publish", report).status_code == 422
    send(client, "make-confidential", report)
    assert Report.objects.get().status == Status.FORWARDED


def verifier_of_the_skpd():
    user = make_verifier()
    Membership.objects.create(user=user, agency_id="roads")
    return user


WHO = {
    "anonymous": (lambda: None, {302}),
    "citizen": (UserFactory, {403}),
    "petugas": (make_officer, {403}),
    "petugas of another SKPD": (lambda: make_officer("clean"), {403}),
    "pimpinan": (make_leader, {403}),
    "verifikator of the report's SKPD": (verifier_of_the_skpd, {302, 422}),
    "verifikator": (make_verifier, {302}),
    "administrator": (make_administrator, {302}),
}
MAY = {"verifikator", "administrator"}


@pytest.mark.parametrize("act", [*ACTS, "undo-decision"])
@pytest.mark.parametrize("who", WHO)
def test_the_permission_matrix_of_decisions(toy_city, client, who, act):
    report = ReportFactory(text=TEXT, visibility="pending", status=Status.FORWARDED)
    moderation.redact(report.pk, [(0, 5)], actor=make_verifier())
    before = Report.objects.values().get()
    make, expected = WHO[who]
    user = make()
    if user:
        client.force_login(user)
    args = [report.code, report.decisions.get().pk] if act == "undo-decision" else [report.code]
    response = client.post(reverse(f"desk:{act}", args=args), ACTS.get(act, {}))
    assert response.status_code in expected
    after = Report.objects.values().get()
    assert ({**after, "version": 0} != {**before, "version": 0}) is (who in MAY)


def test_undoing_is_not_done_by_links_nor_under_another_report(desk_client, verifier):
    report, other = waiting(), waiting()
    moderation.publish(report.pk, actor=verifier)
    client, decision = desk_client(verifier), report.decisions.get()
    assert client.get(reverse("desk:undo-decision", args=[report.code, decision.pk])).status_code == 302
    assert client.post(reverse("desk:undo-decision", args=[other.code, decision.pk])).status_code == 404
    assert client.post(reverse("desk:undo-decision", args=[report.code, decision.pk + 9])).status_code == 404
    assert Report.objects.get(pk=report.pk).is_published
