const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that say little, folded: English and Vietnamese. */
export const stopWords = set(
  "a an the and or but of in on at to for from by with as is are was were be been being am it its this that these those there here he she they them his her their our your my we you i me us who whom which what when where why how will would can could shall should may might must do does did done has have had having not no than then so such if into about over after before between during out up down off also just very really more most much many some any all each every other own same too only even again once now still yet that's it's im ive don t s re ve ll d actually basically literally honestly believe know said says say told according reportedly claims claim claimed people la va cua cho voi trong tren duoi ve tu den bi duoc da dang se rat cung thi ma o nay kia do day khi neu nhung hay hoac cac mot nhieu it cai con nguoi rang boi theo lai ra vao len xuong nhu chi van",
);

/** Words that turn a claim around, folded. */
export const negations = set(
  "not no never none nobody nothing neither nor cannot cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt shouldnt wouldnt couldnt without false untrue deny denies denied refuse refused khong chua chang cha deo phu bac sai ne pas jamais aucun kein keine nicht nie nunca jamas niet geen",
);

/** Pairs that say the opposite of each other, folded. */
const opposites: ReadonlyMap<string, string> = new Map(
  "increase decrease;increased decreased;increases decreases;rise fall;rises falls;rose fell;win lose;won lost;true false;guilty innocent;legal illegal;safe dangerous;alive dead;accept reject;accepted rejected;approve reject;approved rejected;allow ban;allowed banned;support oppose;supported opposed;supports opposes;more less;higher lower;best worst;before after;free arrested;released arrested;start stop;started stopped;open close;opened closed;buy sell;bought sold;confirmed denied;effective ineffective;tang giam;thang thua;dung sai;song chet;cho cam;mo dong;mua ban"
    .split(";")
    .flatMap((pair) => {
      const [a, b] = pair.split(" ") as [string, string];
      return [
        [a, b],
        [b, a],
      ] as const;
    }),
);

export function areOpposite(a: string, b: string): boolean {
  return opposites.get(a) === b;
}

const numberWords: ReadonlyMap<string, string> = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, i) => [word, String(i)] as const),
);

/** A number said by a word, in digits; `undefined` for anything else. Digits stay. */
export function numberOf(word: string): string | undefined {
  return /^\d[\d.]*$/.test(word) ? word : numberWords.get(word);
}
