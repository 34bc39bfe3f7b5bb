// What people typed into the forms of a case is carried over when the case is shown anew.

const CONTROLS = "input:not([type=hidden]), textarea, select";

function isTouched(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.files.length > 0;
  if (control.tagName === "SELECT") {
    const initial = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(0, initial);
  }
  return control.value !== control.defaultValue;
}

/** The touched controls of each act's form, by form id; `without` was sent and is left out. */
export function collect(root, without = null) {
  const typed = [];
  for (const form of root.querySelectorAll("form[id^=act-]")) {
    if (form.id === without) continue;
    for (const control of form.querySelectorAll(CONTROLS)) {
      if (control.name && isTouched(control)) typed.push({ form: form.id, control });
    }
  }
  return typed;
}

export function fillIn(root, typed) {
  for (const { form, control } of typed) {
    const target = [...root.querySelectorAll(`#${CSS.escape(form)} [name="${CSS.escape(control.name)}"]`)].find(
      (each) => each.type !== "radio" || each.value === control.value,
    );
    if (!target || target.type !== control.type) continue;
    if (control.type === "checkbox" || control.type === "radio") target.checked = control.checked;
    else if (control.type === "file") target.files = control.files;
    else target.value = control.value;
    const fold = target.closest("details");
    // What came back with errors stays in sight; else the first form with words in it opens again.
    if (fold && !root.querySelector("details.act[open]")) fold.open = true;
  }
}
