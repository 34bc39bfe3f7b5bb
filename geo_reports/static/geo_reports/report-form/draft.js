// What was typed and photographed stays on this device until it is sent. IndexedDB holds files too.

const NAME = "report-draft";
const KEY = "current";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(NAME));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

async function run(mode, action) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(NAME, mode);
      const request = action(transaction.objectStore(NAME));
      transaction.addEventListener("complete", () => resolve(request.result));
      transaction.addEventListener("error", () => reject(transaction.error));
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
  } finally {
    database.close();
  }
}

// A private window may refuse storage: the form then works without a draft.
export async function load() {
  return run("readonly", (store) => store.get(KEY)).catch(() => null);
}

export async function save(draft) {
  return run("readwrite", (store) => store.put(draft, KEY)).catch(() => null);
}

export async function clear() {
  return run("readwrite", (store) => store.delete(KEY)).catch(() => null);
}
