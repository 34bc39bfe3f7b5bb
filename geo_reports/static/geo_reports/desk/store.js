// What is kept on this device; a browser that keeps nothing is no reason to stop.

export function read(storage, key, otherwise = null) {
  try {
    return JSON.parse(storage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full disks.
  }
}
