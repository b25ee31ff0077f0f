/** Words people write before an identifier, folded to what kind they announce. */
const labels: ReadonlyMap<string, string> = new Map(
  Object.entries({
    phone:
      "phone tel telephone mobile cell cellphone fax sms hotline call sđt sdt đt dt đtdđ dtdd điện-thoại dien-thoai di-động di-dong số-điện-thoại so-dien-thoai liên-hệ lien-he",
    zalo: "zalo",
    whatsapp: "whatsapp wa",
    viber: "viber",
    mail: "mail email e-mail gmail thư thu thư-điện-tử",
    facebook: "facebook fb messenger",
    telegram: "telegram tg tele",
    x: "x twitter tw",
    tiktok: "tiktok tik-tok",
    youtube: "youtube yt",
    instagram: "instagram ig insta",
    signal: "signal",
    session: "session",
    threema: "threema",
    pgp: "pgp gpg fingerprint openpgp key pgp-fingerprint gpg-fingerprint pgp-key",
    web: "web website url link domain site trang-web",
    wallet: "wallet btc eth usdt bitcoin ethereum tron xmr ví vi address",
    document: "sha256 sha1 md5 sha-256 sha-1 sha512 hash document",
    mst: "mst tax tax-code taxcode mã-số-thuế ma-so-thue mã-số-doanh-nghiệp msdn",
    registration:
      "registration reg reg-no registration-no registration-number đkkd dkkd gpkd gcn license giấy-phép lei",
    cccd: "cccd cmnd cmt id-card căn-cước",
    ein: "ein",
    company: "company-no company-number crn companies-house",
    organization: "organization organisation org-id",
  }).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind] as const)),
);

/** The label at the head of `line` and the text behind it; a label without colon only where it names a messenger. */
export function labelOf(line: string): { readonly label: string; readonly value: string } | undefined {
  const colon = /^\s*[-•*]?\s*([\p{L}\p{M}\d][\p{L}\p{M}\d ./-]{0,30}?)\s?(?:[:：=]|\s[-–]\s)\s*(?!\/\/)(.+)$/u.exec(
    line,
  );
  if (colon) {
    for (const word of [
      (colon[1] as string)
        .toLowerCase()
        .replace(/[\s.]+/g, "-")
        .replace(/-$/, ""),
      ...(colon[1] as string).toLowerCase().split(/[\s/.-]+/),
    ]) {
      const label = labels.get(word);
      // "sha256:…" and "bitcoin:…" are read with their prefix.
      if (label === "document" || label === "wallet")
        return { label, value: /^(?:sha|md5)/i.test(word) ? line.trim() : (colon[2] as string) };
      if (label) return { label, value: colon[2] as string };
    }
    return undefined;
  }
  const bare =
    /^\s*(zalo|viber|whatsapp|telegram|signal|threema|facebook|fb|tiktok|twitter|instagram|sđt|sdt|đt|tel|mst|mã số thuế|cccd|cmnd|email|pgp|lei|ein)\.?\s+(\S.*)$/iu.exec(
      line,
    );
  if (!bare) return undefined;
  const label = labels.get((bare[1] as string).toLowerCase().replace(/\s/g, "-"));
  // Without a colon the rest must look like one value, or a sentence that begins with "Signal …" is misread.
  return label && /^@?[\w.+()/:-]+(?:[ .-]?[\d()]+)*$/.test(bare[2] as string)
    ? { label, value: bare[2] as string }
    : undefined;
}
