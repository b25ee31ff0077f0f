const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Forms of organizations written as several words or with signs, folded, longest first; `=` gives the short form. */
const phrases: readonly (readonly [RegExp, string])[] = (
  [
    ["trach nhiem huu han mot thanh vien|tnhh mot thanh vien|tnhh mtv", "llc"],
    ["trach nhiem huu han|tnhh", "llc"],
    ["cong ty co phan|ctcp|cty cp", "jsc"],
    ["tap doan", "group"],
    ["cong ty cp|ctcp", "jsc"],
    ["cong ty|cty", "company"],
    ["doanh nghiep tu nhan|dntn", "soleprop"],
    [
      "obshchestvo s ogranichennoi otvetstvennostyu|obschestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyu",
      "llc",
    ],
    ["(?:otkrytoe|publichnoe|zakrytoe) aktsionernoe obshchestvo|aktsionernoe obshchestvo", "jsc"],
    ["(?:public|open|closed|private) joint stock company|joint stock company|joint-stock company", "jsc"],
    ["limited liability company|limited liability co", "llc"],
    ["limited liability partnership", "llp"],
    ["public limited company", "plc"],
    ["private limited|pvt ltd|pte ltd|pty ltd|proprietary limited|co ltd|company limited|sdn bhd", "ltd"],
    ["gesellschaft mit beschrankter haftung|g m b h", "gmbh"],
    ["aktiengesellschaft", "ag"],
    [
      "societe a responsabilite limitee|s a r l|s r l|societa a responsabilita limitata|sociedad de responsabilidad limitada|s de r l",
      "srl",
    ],
    [
      "sociedad anonima de capital variable|s a de c v|sa de cv|societe anonyme|sociedad anonima|s p a|societa per azioni|s a",
      "sa",
    ],
    ["sp z o o|spolka z ograniczona odpowiedzialnoscia|s r o|d o o|drustvo s ogranicenom odgovornoscu", "llc"],
    ["besloten vennootschap|b v", "bv"],
    ["naamloze vennootschap|n v", "nv"],
    ["kabushiki kaisha|kabushiki gaisha|k k", "kk"],
    ["limited sirketi|ltd sti|anonim sirketi|a s", "as"],
    ["l l c", "llc"],
    ["l t d", "ltd"],
    ["l l p", "llp"],
    ["p l c", "plc"],
    ["non profit organization|nonprofit organization|non governmental organization", "ngo"],
  ] as const
).map(([pattern, form]) => [new RegExp(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`, "gu"), form] as const);

const forms = set(
  "ltd limited llc llp lp plc inc incorporated corp corporation co company companies jsc pjsc ojsc cjsc pao oao zao ooo ao too tov gmbh mbh ag kg kgaa ohg ug ev sa sas sarl sarlu srl spa snc scs sl slu bv nv vof cv oy oyj ab asa aps as kft zrt nyrt rt doo dd ad eood ood ead ltda eireli cia pty pvt pte bhd sdn pt tbk kk gk fze fzco fzc fzllc dmcc wll bsc ksc psc qsc soleprop se sro zoo sti sirketi shpk sia uab oü ou jv gie eurl chp up ip sc scrl cooperative coop trust ent enterprises",
);

/** Words so common in names of organizations that they tell little, folded. */
export const generic = set(
  "global trading trade trust investment investments invest services service solutions systems technology technologies tech industries industry industrial enterprise enterprises development management consulting partners capital finance financial bank thuong mai dich vu dau tu phat trien xay dung san xuat xuat nhap khau quoc te viet nam vietnam usa uk north south east west america asia europe general commercial business import export logistics shipping marine energy oil gas construction engineering foundation association society institute center centre media news network energy bank",
);

/** Words that organizations take on and leave out without becoming others, folded. */
export const neutral = set(
  "group groupe gruppe grupo holding holdings international intl company co the of and for de la du des et und y e & van der",
);

/** Words by which a text is seen to name an organization even without a form. */
const signs = set(
  "group holding holdings bank foundation association university institute ministry department committee party agency society international industries trading technologies services solutions partners enterprises hospital school college church union federation network news newspaper press radio television logistics shipping airlines insurance consulting organization organisation corporation",
);

/** An organization's name in parts. */
export type Organization = {
  /** Words without the form, folded. */
  readonly words: readonly string[];
  /** Forms found, in short. */
  readonly forms: readonly string[];
};

const numerals: Readonly<Record<string, string>> = {
  ii: "2",
  iii: "3",
  iv: "4",
  vi: "6",
  vii: "7",
  viii: "8",
  ix: "9",
  one: "1",
  two: "2",
  three: "3",
  first: "1",
  second: "2",
  third: "3",
  "1st": "1",
  "2nd": "2",
  "3rd": "3",
};
const shorts: Readonly<Record<string, string>> = {
  intl: "international",
  int: "international",
  "int'l": "international",
  svcs: "services",
  svc: "services",
  service: "services",
  tech: "technology",
  technologies: "technology",
  mfg: "manufacturing",
  assoc: "association",
  assn: "association",
  bros: "brothers",
  dept: "department",
  natl: "national",
  univ: "university",
  mgmt: "management",
  inv: "investment",
  investments: "investment",
  ind: "industries",
  industry: "industries",
  industrial: "industries",
  dev: "development",
  govt: "government",
  holding: "holdings",
  centre: "center",
  and: "&",
  und: "&",
  et: "&",
  y: "&",
  und_: "&",
  va: "&",
  i: "&",
  plus: "+",
};

/** Takes a folded, romanized name apart. */
export function organizationOf(folded: string): Organization {
  let text = folded
    .replace(/&/g, " & ")
    .replace(/(?<=\p{L})\.(?=\p{L}(?:\.|\b))/gu, " ")
    .replace(/[^\p{L}\p{M}\d&+\s]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const found: string[] = [];
  for (const [pattern, form] of phrases) {
    text = text.replace(pattern, () => {
      found.push(form);
      return " ";
    });
  }
  const words: string[] = [];
  const all = text.split(/\s+/).filter(Boolean).slice(0, 24);
  for (const [i, word] of all.entries()) {
    const end =
      i > 0 || all.length > 2 || /^(?:ooo|oao|zao|pao|ao|too|tov|pt|cv|jsc|pjsc|ojsc|cjsc|llc|gk)$/.test(word);
    if (forms.has(word) && end && !(word === "co" && i === 0))
      found.push(word === "limited" ? "ltd" : word === "incorporated" ? "inc" : word === "corporation" ? "corp" : word);
    else words.push(numerals[word] ?? shorts[word] ?? word);
  }
  return { words: words.length > 0 ? words : all, forms: found };
}

/** Whether a folded name is an organization's by its form or its words. */
export function looksLikeOrganization(folded: string): boolean {
  const { forms: found, words } = organizationOf(folded);
  const strong = found.filter(
    (form) =>
      ![
        "as",
        "ad",
        "co",
        "sa",
        "se",
        "ab",
        "dd",
        "ao",
        "ip",
        "up",
        "ou",
        "sl",
        "lp",
        "sc",
        "ag",
        "ev",
        "cv",
        "pt",
        "rt",
        "sia",
        "spa",
        "too",
        "trust",
      ].includes(form),
  );
  if (strong.length > 0 || /\b(?:&|jsc|ltd)\b|&/.test(folded)) return true;
  if (
    /(?<!\p{L})(?:tap doan|ngan hang|cong ty|to chuc|hiep hoi|lien minh|uy ban|benh vien|truong dai hoc)(?!\p{L})/u.test(
      folded,
    )
  )
    return true;
  const at = folded.trim().split(/\s+/);
  return (
    words.some((word) => signs.has(word)) ||
    (at.length > 1 && /^(?:ao|sa|ab|ag|ad|as|spa|lp)$/.test(at.at(-1)?.replace(/\./g, "") ?? "") && found.length > 0)
  );
}
