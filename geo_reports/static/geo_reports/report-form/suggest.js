// Suggests categories from words in the text. Only suggests: the person chooses.

import { settings } from "./texts.js";

const MOST = 3;

function plain(text) {
  return ` ${text.toLowerCase().normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, " ")} `;
}

const keywords = Object.entries(settings.keywords).map(([slug, words]) => [slug, words.map(plain)]);

/** Slugs of the best matching categories, the best first: longer keywords weigh more. */
export function suggest(text) {
  const haystack = plain(text);
  return keywords
    .map(([slug, words]) => [slug, words.filter((word) => haystack.includes(word)).reduce((n, word) => n + word.length, 0)])
    .filter(([, score]) => score > 0)
    .sort((one, other) => other[1] - one[1])
    .slice(0, MOST)
    .map(([slug]) => slug);
}
