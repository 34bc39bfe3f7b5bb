"""One row of everything that an address of the desk can name, for a report."""

import uuid

from geo_reports.models import BulkAction, ModerationDecision, Photo, ReplyTemplate, Report, RoutingRun, RoutingVersion
from geo_reports.routing import runs


def rows_of(report: Report) -> dict[str, object]:
    """From the name of an address's part to a value that exists."""
    photo = Photo.objects.create(report=report, uid=uuid.uuid4(), image="a.jpg", thumbnail="b.jpg", width=4, height=3)
    version = RoutingVersion.objects.order_by("pk").last()
    run = runs.start_preview(None, latest=10) if not RoutingRun.objects.exists() else RoutingRun.objects.first()
    decision = ModerationDecision.objects.create(report=report, kind="publish", at=report.submitted_at)
    template = ReplyTemplate.objects.create(agency_id="roads", title="Terima kasih", text="Laporan {kode} kami terima.")
    action = BulkAction.objects.create(verb="publish", at=report.submitted_at)
    return {
        "template_id": template.pk,
        "action_id": action.pk,
        "decision_id": decision.pk,
        "code": report.code,
        "uid": photo.uid,
        "version_id": version.pk,
        "run_id": run.pk,
    }
