import { identifierKey, parseIdentifiers } from "../../../src/subjects/index.ts";
import { type Row, row } from "./row.ts";

const onion = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";
const pgp = "EF6E286DDA85EA2A4BA7DE684E2C6E8793298290";
const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Texts and the keys that the first or all sure readings must have. */
export const identifierCases: Readonly<Record<string, readonly (readonly [text: string, keys: readonly string[]])[]>> =
  {
    phone: [
      ["0912 345 678", ["phone:+84912345678"]],
      ["+84 912.345.678", ["phone:+84912345678"]],
      ["84912345678", ["phone:+84912345678"]],
      ["0084 912 345 678", ["phone:+84912345678"]],
      ["(+84) 912-345-678", ["phone:+84912345678"]],
      ["tel:+84-91-234-5678", ["phone:+84912345678"]],
      ["ĐT: 0912345678", ["phone:+84912345678"]],
      ["+1 (650) 253-0000", ["phone:+16502530000"]],
      ["Tel. +44 20 7946 0958", ["phone:+442079460958"]],
      ["024 3825 3536", ["phone:+842438253536"]],
      ["Zalo 0912345678", ["phone:+84912345678"]],
      ["https://zalo.me/0912345678", ["phone:+84912345678"]],
      ["wa.me/84912345678", ["phone:+84912345678"]],
      ["https://signal.me/#p/+84912345678", ["phone:+84912345678"]],
      ["０９１２ ３４５ ６７８", ["phone:+84912345678"]],
      ["12345678", []],
      ["order 1234567 of 2019-05-13", []],
    ],
    "phone of before 2018": [
      ...(
        [
          ["0162", "032"],
          ["0163", "033"],
          ["0164", "034"],
          ["0165", "035"],
          ["0166", "036"],
          ["0167", "037"],
          ["0168", "038"],
          ["0169", "039"],
          ["0120", "070"],
          ["0121", "079"],
          ["0122", "077"],
          ["0126", "076"],
          ["0128", "078"],
          ["0123", "083"],
          ["0124", "084"],
          ["0125", "085"],
          ["0127", "081"],
          ["0129", "082"],
          ["0186", "056"],
          ["0188", "058"],
          ["0199", "059"],
        ] as const
      ).map(([old, now]) => [`${old} 234 5678`, [`phone:+84${now.slice(1)}2345678`]] as const),
      ["+84 168.123.4567", ["phone:+84381234567"]],
    ],
    mail: [
      ["Nam.Nguyen+x@GoogleMail.com", ["mail:namnguyen@gmail.com"]],
      ["mailto:nam@example.org?subject=hi", ["mail:nam@example.org"]],
      ["nam (at) example (dot) org", ["mail:nam@example.org"]],
      ["nam[at]example[.]org", ["mail:nam@example.org"]],
      ["Nam Nguyen <nam@EXAMPLE.org>", ["mail:nam@example.org"]],
      ["first.last@protonmail.com", ["mail:firstlast@proton.me"]],
      ["first.last+tag@example.org", ["mail:first.last+tag@example.org"]],
      ["info@bücher.de", ["mail:info@xn--bcher-kva.de"]],
      ["na\u200bm@example.org", ["mail:nam@example.org"]],
      ["nam@localhost", []],
      ["@example.org", []],
    ],
    platform: [
      ["https://www.facebook.com/nam.nguyen.9?fbclid=1", ["facebook:namnguyen9"]],
      ["m.facebook.com/profile.php?id=100001234567890", ["facebook:100001234567890"]],
      ["https://vi-vn.facebook.com/people/Nam/100001234567890/", ["facebook:100001234567890"]],
      ["fb.com/Nam.Nguyen9", ["facebook:namnguyen9"]],
      ["FB: nam.nguyen.9", ["facebook:namnguyen9"]],
      ["t.me/Nam_Nguyen", ["telegram:nam_nguyen"]],
      ["https://t.me/s/nam_nguyen", ["telegram:nam_nguyen"]],
      ["tg://resolve?domain=nam_nguyen", ["telegram:nam_nguyen"]],
      ["Telegram: @nam_nguyen", ["telegram:nam_nguyen"]],
      ["https://twitter.com/NamNguyen", ["x:namnguyen"]],
      ["x.com/NamNguyen", ["x:namnguyen"]],
      ["https://www.tiktok.com/@nam.nguyen", ["tiktok:nam.nguyen"]],
      ["instagram.com/nam.nguyen/", ["instagram:nam.nguyen"]],
      ["https://www.youtube.com/channel/UC_x5XG1OV2P6uZZ5FSM9Ttw", ["youtube:UC_x5XG1OV2P6uZZ5FSM9Ttw"]],
      ["youtube.com/@NamNguyen", ["youtube:@namnguyen"]],
      ["Signal: nam.01", ["signal:nam.01"]],
      ["Threema: ABCD1234", ["threema:ABCD1234"]],
      [`Session: 05${sha256}`, [`session:05${sha256}`]],
      ["https://t.me/+AbCdEfGhIjKl", ["url:https://t.me/+AbCdEfGhIjKl"]],
    ],
    web: [
      ["hxxps://evil[.]example[.]com/path", ["url:https://evil.example.com/path"]],
      ["evil[.]com", ["domain:evil.com"]],
      ["WWW.Example.ORG", ["domain:example.org"]],
      ["https://example.org/?b=2&a=1&utm_source=x", ["url:https://example.org/?a=1&b=2"]],
      ["https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fx%3Ffbclid%3D1", ["url:https://example.org/x"]],
      ["https://www.google.com/url?q=https://example.org/x&sa=D", ["url:https://example.org/x"]],
      [
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fx&data=1",
        ["url:https://example.org/x"],
      ],
      ["https://youtu.be/dQw4w9WgXcQ?si=1", ["url:https://youtube.com/watch?v=dQw4w9WgXcQ"]],
      [`http://${onion}.onion/`, [`onion:${onion}`]],
      [onion, [`onion:${onion}`]],
      [`${onion.slice(0, -2)}ad.onion`, []],
    ],
    codes: [
      ["EF6E 286D DA85 EA2A 4BA7  DE68 4E2C 6E87 9329 8290", [`pgp:${pgp}`]],
      [`0x${pgp}`, []], // the form of an Ethereum address, whose checksum it has not
      [pgp, [`pgp:${pgp}`]],
      [`PGP: ${pgp.toLowerCase()}`, [`pgp:${pgp}`]],
      [sha256.toUpperCase(), [`document:sha256:${sha256}`]],
      [`sha256:${sha256}`, [`document:sha256:${sha256}`]],
      ["0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", ["wallet:eth:0xd8da6bf26964af9d7eed9e03e53415d37aa96045"]],
      ["0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96046", []],
      ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ["wallet:btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]],
      ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", []],
      ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", ["wallet:btc:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"]],
      ["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", ["wallet:tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"]],
      ["MST: 0100109106", ["registration:vn-mst:0100109106"]],
      ["213800WSGIIZCXF1P572", ["registration:lei:213800WSGIIZCXF1P572"]],
    ],
    "cards and signatures": [
      [
        "Best,\nNguyễn Văn Nam\nPhone: 0912 345 678 / 0168.123.4567\nEmail: nam@example.org, FB: nam.nguyen.9\nhttps://example.org/about",
        [
          "facebook:namnguyen9",
          "mail:nam@example.org",
          "phone:+84381234567",
          "phone:+84912345678",
          "url:https://example.org/about",
        ],
      ],
      [
        "BEGIN:VCARD\nVERSION:3.0\nFN:Nam Nguyen\nTEL;TYPE=CELL:+84912345678\nEMAIL;TYPE=work:Nam.N@gmail.com\nURL:https://t.me/nam_nguyen\nX-SIGNAL:nam.01\nEND:VCARD",
        ["mail:namn@gmail.com", "phone:+84912345678", "signal:nam.01", "telegram:nam_nguyen"],
      ],
    ],
  };

export function evaluateIdentifiers(): Row[] {
  return Object.entries(identifierCases).map(([category, cases]) => {
    const right = cases.filter(([text, keys]) => {
      const found = parseIdentifiers(text)
        .filter((u) => u.sure)
        .map((u) => identifierKey(u.identifier));
      return found.sort().join() === [...keys].sort().join();
    });
    return row("identifiers", category, cases.length, right.length);
  });
}
