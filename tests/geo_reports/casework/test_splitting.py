"""One report about several things: parts with SKPD, clock and page of their own, and nothing about the reporter."""

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client

from geo_reports import casework, moderation, transitions
from geo_reports.casework import Part
from geo_reports.models import Agency, Category, Photo, Report
from geo_reports.photos import storing
from geo_reports.photos.masking import Kind, Mask
from geo_reports.privacy import erasing
from geo_reports.privacy.erasing import Wishes
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.citizens import add_photo, make
from tests.pictures import picture

REPORTER = {"reporter_name": "Siti Rahasia", "reporter_contact": "siti@example.org", "is_anonymous": False}


def part(category: str = "garbage", agency: str | None = None, text: str = "Sampah menumpuk di got.") -> Part:
    return Part(Category.objects.get(pk=category), text, Agency.objects.get(pk=agency) if agency else None)


def page(address: str) -> str:
    return Client().get(address).content.decode()


@pytest.fixture
def parent(toy_city) -> Report:
    return make(**REPORTER)


def test_each_part_has_its_skpd_its_spell_and_its_own_history(parent, verifier):
    ruled, named = casework.split(parent.pk, [part(), part(agency="clean")], actor=verifier)
    assert (ruled.agency_id, named.agency_id) == ("east", "clean")
    for each in (ruled, named):
        assert each.status == Status.FORWARDED
        assert each.assignments.get().ended_at is None
        assert list(each.changes.values_list("to_status", "role")) == [
            ("waiting", Role.VERIFIER),
            ("forwarded", Role.VERIFIER),
        ]
        assert (each.point, each.kelurahan_id, each.part_of) == (parent.point, parent.kelurahan_id, parent)
    parent.refresh_from_db()
    assert (parent.status, parent.agency_id) == (Status.FORWARDED, "roads")


def test_nothing_about_the_reporter_is_copied(parent, verifier):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    values = repr(Report.objects.filter(pk=child.pk).values().get())
    assert "Siti" not in values
    assert "siti@" not in values
    assert child.is_anonymous
    assert child.secret != parent.secret


def test_photos_are_shown_by_both_and_survive_each_other(parent, verifier):
    photo, hidden = add_photo(parent), add_photo(parent, is_hidden=True)
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    twin = child.photos.get()
    assert twin.image.name not in {photo.image.name, hidden.image.name}
    storing.remove(photo.pk)
    assert twin.image.read().startswith(b"\xff\xd8")
    assert f"/foto/{twin.uid}/" in page(child.get_absolute_url())


def test_a_masked_photo_is_copied_as_it_is_shown(parent, verifier):
    photo = add_photo(parent)
    photo.original_image, photo.original_thumbnail = photo.image.name, photo.thumbnail.name
    photo.save()
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    assert not child.photos.get().is_masked


def test_parent_and_parts_link_to_each_other(parent, verifier):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    assert child.get_absolute_url() in page(parent.get_absolute_url())
    assert parent.get_absolute_url() in page(child.get_absolute_url())
    assert str(child.secret) not in page(parent.get_absolute_url())
    assert f"{child.get_absolute_url()}?kunci={child.secret}" in page(
        f"{parent.get_absolute_url()}?kunci={parent.secret}"
    )


@pytest.mark.parametrize("visibility", ["pending", "confidential"])
def test_a_part_is_seen_like_its_parent(toy_city, verifier, visibility):
    status = Status.WAITING if visibility == "pending" else Status.FORWARDED
    parent = make(visibility=visibility, status=status)
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    assert (child.visibility, child.status) == (visibility, status)
    assert Client().get(child.get_absolute_url()).status_code == (200 if visibility == "pending" else 404)


def test_the_parents_reporter_is_told_about_the_part(parent, verifier, django_capture_on_commit_callbacks):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    with django_capture_on_commit_callbacks(execute=True):
        casework.finish(child.pk, no_photo_reason="gelap", actor=verifier)
    assert mail.outbox[0].to == ["siti@example.org"]
    assert f"{child.get_absolute_url()}?kunci={child.secret}" in mail.outbox[0].body


def test_a_part_goes_back_into_its_parent_and_out_again(parent, verifier):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    casework.merge_back(child.pk, actor=verifier)
    child.refresh_from_db()
    assert (child.status, child.merged_into) == (Status.MERGED, parent)
    casework.unmerge(child.pk, actor=verifier)
    child.refresh_from_db()
    assert (child.status, child.part_of) == (Status.FORWARDED, parent)
    with pytest.raises(NotAllowed, match="bukan bagian"):
        casework.merge_back(parent.pk, actor=verifier)


def test_what_cannot_be_split_stays_whole(parent, verifier):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    for report, parts in (
        (child, [part()]),
        (parent, []),
        (parent, [part()] * 7),
        (parent, [part(text=" ")]),
        (make(status=Status.DONE), [part()]),
        (make(category_id="social"), [part()]),
    ):
        with pytest.raises(NotAllowed):
            casework.split(report.pk, parts, actor=verifier)
    assert Report.objects.filter(part_of__isnull=False).count() == 1


def test_the_desk_splits_by_filling_in_parts(desk_client, parent, verifier):
    client = desk_client(verifier)
    address = f"/petugas/{parent.code}/pecah/"
    for wrong in (
        {},
        {"category1": "garbage"},
        {"text2": "Sampah menumpuk."},
        {"category1": "naga", "text1": "Sampah"},
    ):
        assert client.post(address, wrong).status_code == 422
    client.post(address, {"category1": "garbage", "text1": "Sampah menumpuk.", "agency1": "clean", "category3": ""})
    child = parent.parts.get()
    assert (child.agency_id, child.text) == ("clean", "Sampah menumpuk.")
    assert child.code in client.get(f"/petugas/{parent.code}/").content.decode()


def test_who_wants_a_report_confidential_means_its_parts_too(parent, verifier):
    add_photo(parent)
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    wishes = Wishes(name="Siti Rahasia", contact="siti@example.org", is_anonymous=True, wants_confidential=True)
    erasing.correct(parent.pk, wishes)
    assert Client().get(child.get_absolute_url()).status_code == 404
    assert Client().get(f"/foto/{child.photos.get().uid}/image.jpg").status_code == 404
    child.refresh_from_db()
    with pytest.raises(NotAllowed):
        moderation.publish(child.pk, actor=verifier)


def test_erasing_ends_the_links_to_the_parts_too_and_what_stands_there(parent, verifier):
    (child,) = casework.split(parent.pk, [part()], actor=verifier)
    Report.objects.filter(pk=child.pk).update(reporter_name="Siti Lainnya")
    transitions.answer(child.pk, "Terima kasih Siti Lainnya, sudah kami angkut.")
    link = f"{child.get_absolute_url()}data/?kunci={child.secret}"
    assert Client().get(link).status_code == 200
    erasing.erase([parent.pk], with_words=False)
    assert Client().get(link).status_code == 404
    assert "Siti" not in child.replies.get().text


def test_what_is_masked_in_a_photo_is_masked_in_its_copies_too(parent, verifier):
    covered = [Mask(0, 0, 1, 1, Kind.BLACK)]
    photo, other = add_photo(parent), add_photo(parent)
    other.image.save("other.jpg", ContentFile(picture(size=(32, 24))))
    first, second = casework.split(parent.pk, [part(), part(agency="clean")], actor=verifier)
    copy, untouched = first.photos.all()
    moderation.mask_photo(copy.pk, covered, actor=verifier)
    masked = Photo.objects.exclude(original_image="")
    assert set(masked.values_list("report", flat=True)) == {parent.pk, first.pk, second.pk}
    assert not masked.filter(pk__in=[other.pk, untouched.pk]).exists()
    photo.refresh_from_db()
    assert photo.is_masked
    assert [each.decisions.count() for each in (parent, first, second)] == [1, 1, 1]
