import { tipSimilarity } from "../../../src/subjects/index.ts";
import { pick, random, slip } from "./generate.ts";
import { type Row, row } from "./row.ts";

/** Made-up claims, and the same said otherwise. */
const claims: readonly (readonly [claim: string, rewrite: string])[] = [
  [
    "The health ministry said that 12 children in Da Nang died after receiving the new measles vaccine.",
    "Twelve kids in Da Nang are dead after they got the new vaccine against measles, according to the ministry of health.",
  ],
  [
    "Police in Hanoi arrested three bloggers on Monday for posting about land disputes.",
    "Three bloggers who wrote about disputes over land were detained by Hanoi police on Monday.",
  ],
  [
    "The governor of the central bank transferred two million dollars to an account in Singapore.",
    "Two million dollars went from the central bank's governor to a Singapore account.",
  ],
  [
    "A steel plant dumped toxic waste into the sea near Ha Tinh and killed tons of fish.",
    "Tons of fish died near Ha Tinh when toxic waste from a steel plant was discharged into the sea.",
  ],
  [
    "The newspaper received money from a foreign embassy to write against the government.",
    "A foreign embassy paid the newspaper for articles critical of the government.",
  ],
  [
    "All banks will limit withdrawals to ten million dong per day from next week.",
    "Starting next week, customers of all banks can withdraw no more than ten million dong a day.",
  ],
  [
    "The activist Minh Ha fled to Thailand with funds collected for flood victims.",
    "Funds raised for victims of the flood were taken by activist Minh Ha, who has escaped to Thailand.",
  ],
  [
    "Drinking salt water every morning protects people from the new virus.",
    "People are protected from the new virus if they drink salt water each morning.",
  ],
  [
    "The election commission counted forty thousand votes of people who had died.",
    "Forty thousand votes from dead people were counted by the election commission.",
  ],
  [
    "Soldiers closed the border crossing at Lang Son after shots were fired at night.",
    "After shots at night, the Lang Son border crossing was closed by soldiers.",
  ],
  [
    "The telecom company gives the phone records of journalists to the ministry of public security.",
    "Journalists' phone records are handed to the public security ministry by the telecom company.",
  ],
  [
    "A dam in Lao Cai is about to break and villages below must leave tonight.",
    "Villages below a dam in Lao Cai have to leave tonight because it is going to break.",
  ],
  [
    "Fuel prices will double in December because the refinery has stopped working.",
    "Because the refinery stopped, the price of fuel is going to double in December.",
  ],
  [
    "The famous singer was poisoned by her manager before the concert in Hue.",
    "Before her Hue concert the famous singer had been poisoned by her own manager.",
  ],
  [
    "Foreign teachers must leave the country before the end of the year.",
    "By the end of this year, teachers from abroad have to leave the country.",
  ],
  [
    "The church in Nghe An hid weapons that were sent from abroad.",
    "Weapons sent from abroad were hidden in a Nghe An church.",
  ],
  [
    "A secret document shows that the land of farmers in Dong Tam was sold twice.",
    "Farmers' land in Dong Tam was sold two times, a secret document reveals.",
  ],
  [
    "The director of the charity bought a villa in France with donations.",
    "With donated money the charity's director purchased a French villa.",
  ],
  [
    "Hackers published the passwords of nine thousand members of the opposition.",
    "Passwords belonging to nine thousand opposition members have been published by hackers.",
  ],
  [
    "The court sentenced the lawyer to seven years for talking to foreign reporters.",
    "For speaking with foreign reporters the lawyer got a seven-year sentence from the court.",
  ],
  [
    "Students of the university were paid to join the protest last Sunday.",
    "Last Sunday's protest was joined by university students who had been paid.",
  ],
  [
    "The water of the river in Bien Hoa contains dioxin at forty times the limit.",
    "Dioxin in the Bien Hoa river water is forty times over the limit.",
  ],
  [
    "The minister resigned because his son was caught smuggling gold.",
    "After his son had been caught with smuggled gold, the minister stepped down.",
  ],
  [
    "An American drone crashed on an island and was taken by fishermen.",
    "Fishermen took an American drone that had crashed on an island.",
  ],
];

const before = [
  "BREAKING!!! You will not believe what the authorities have been hiding from all of us for weeks: ",
  "This is absolutely shocking and every single citizen has to know about it before it gets deleted. ",
  "I have it from a completely reliable source close to the investigation, and my heart is racing as I write: ",
];
const after = [
  " Share this with everyone you love before they take it down, nobody in the media will dare to report this outrageous crime!",
  " This is beyond any doubt the greatest scandal in the history of our nation and it must never be forgotten.",
  " How much longer are we going to stay silent while they laugh at us and destroy the future of our children?",
];

/** How claims are changed while they travel. */
const edits: Readonly<Record<string, (claim: string, rewrite: string, seed: number) => string>> = {
  "upper case": (c) => c.toUpperCase(),
  "zero-width and look-alike": (c) =>
    [...c]
      .map((x, i) => (i % 4 === 0 ? `${x}\u200b` : x))
      .join("")
      .replace(/o/g, "о")
      .replace(/a/g, "а"),
  "few typing errors": (c, _, seed) => typed(c, 0.2, seed),
  "many typing errors": (c, _, seed) => typed(c, 0.6, seed),
  amplified: (c, _, seed) => pick(before, random(seed)) + c + pick(after, random(seed + 1)),
  rewritten: (_, rewrite) => rewrite,
  "rewritten and amplified": (_, rewrite, seed) => pick(before, random(seed)) + rewrite + pick(after, random(seed + 1)),
  "emoji and links": (c) => `🔥🔥 ${c.replace(/ /g, "  ")} 👉 https://t.me/x?utm_source=1 ‼️`,
};

function typed(claim: string, share: number, seed: number): string {
  const r = random(seed);
  return claim
    .split(" ")
    .map((word) => (word.length > 2 && r() < share ? slip(word, r) : word))
    .join(" ");
}

/** The yardstick: Jaccard's index of runs of three characters of the lower-case text. */
export function trigramJaccard(a: string, b: string): number {
  const runs = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, i) => text.slice(i, i + 3)));
  const x = runs(a.toLowerCase());
  const y = runs(b.toLowerCase());
  const common = [...x].filter((t) => y.has(t)).length;
  return common / (x.size + y.size - common || 1);
}

export function evaluateTips(): Row[] {
  const rows: Row[] = [];
  // Unrelated claims, also blown up by the same phrases: what must not be suggested.
  let wrong = 0;
  let matched = 0;
  let pairs = 0;
  const noise: number[] = [];
  for (const [i, [a]] of claims.entries()) {
    for (const [j, [b, rewrite]] of claims.entries()) {
      if (i === j) continue;
      for (const other of [b, rewrite, (edits.amplified as (typeof edits)[string])(b, rewrite, i + j)]) {
        pairs++;
        const { level } = tipSimilarity(a, other);
        if (level !== "none") wrong++;
        if (level === "match") matched++;
        noise.push(trigramJaccard(a, other));
      }
    }
  }
  noise.sort((a, b) => b - a);
  const sameRate = noise[Math.max(0, wrong)] as number;
  for (const [category, edit] of Object.entries(edits)) {
    let found = 0;
    let plain = 0;
    for (const [i, [claim, rewrite]] of claims.entries()) {
      const other = edit(claim, rewrite, i);
      if (tipSimilarity(claim, other).level !== "none") found++;
      if (trigramJaccard(claim, other) > sameRate) plain++;
    }
    rows.push(
      row(
        "tips",
        category,
        claims.length,
        found,
        `3-gram Jaccard at the same false rate: ${(plain / claims.length).toFixed(2)}`,
      ),
    );
  }
  rows.push(row("tips", "unrelated not suggested", pairs, pairs - wrong));
  rows.push(row("tips", "unrelated not matched", pairs, pairs - matched));
  let pointed = 0;
  let never = 0;
  for (const [claim] of claims) {
    const negated = claim.replace(
      / (was|were|will|must|are|is|contains|said that|arrested|received|transferred|dumped|fled|closed|gives|hid|shows that|bought|published|sentenced|resigned|crashed|counted|protects)( |\b)/,
      " did not $1 ",
    );
    const { diff, level } = tipSimilarity(claim, negated);
    if (diff.negationDiffers && diff.notes.length > 0) pointed++;
    if (level !== "match") never++;
  }
  rows.push(row("tips", "negation pointed out", claims.length, pointed));
  rows.push(row("tips", "negation never a match", claims.length, never));
  return rows;
}
