// Sends the form with progress. Resolves to {url}, {errors, submissionId} or {trouble}: a name of a sentence.

const TIMEOUT_MS = 180_000;
const BY_STATUS = { 403: "expired", 413: "tooBig", 400: "server" };

export function send(url, data, progressed) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how much has been uploaded
    request.open("POST", url);
    request.timeout = TIMEOUT_MS;
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progressed(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => resolve(outcome(request)));
    for (const name of ["error", "timeout", "abort"]) {
      request.addEventListener(name, () => resolve({ trouble: navigator.onLine ? "failed" : "offline" }));
    }
    request.send(data);
  });
}

function outcome({ status, response }) {
  if (status === 201 && response?.url) return { url: response.url };
  if (response?.errors) return { errors: response.errors, submissionId: response.submission_id };
  return { trouble: BY_STATUS[status] ?? "server" };
}
