// Work that was killed goes on by itself while somebody looks; without this script there is the button.

document.querySelector("[data-resume]").requestSubmit();
