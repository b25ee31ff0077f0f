/** The few things of a photograph's metadata that matter for a tip. */
export type Exif = {
  readonly make?: string;
  readonly model?: string;
  readonly software?: string;
  /** As written, `YYYY:MM:DD HH:MM:SS`, in the camera's own time. */
  readonly taken?: string;
  readonly changed?: string;
  readonly serial?: string;
  /** Degrees, north and east positive. */
  readonly latitude?: number;
  readonly longitude?: number;
  readonly orientation?: number;
};

const mostEntries = 256;

/** The Exif data of a JPEG, PNG, WebP or TIFF file; `undefined` if there is none or it is damaged. */
export function readExif(file: Uint8Array): Exif | undefined {
  const at = locate(file);
  if (at === undefined) return undefined;
  try {
    return readTiff(file.subarray(at));
  } catch {
    return undefined; // offsets outside of the file
  }
}

function ascii(file: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...file.subarray(at, at + length));
}

/** Where the TIFF structure begins. */
function locate(file: Uint8Array): number | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (/^(?:II\*\0|MM\0\*)$/.test(ascii(file, 0, 4))) return 0;
  if (file[0] === 0xff && file[1] === 0xd8) {
    for (let at = 2, n = 0; at + 10 < file.length && n < 200 && file[at] === 0xff; n++) {
      const marker = file[at + 1] as number;
      if (marker === 0xda || marker === 0xd9) return undefined;
      if (marker === 0xe1 && ascii(file, at + 4, 6) === "Exif\0\0") return at + 10;
      at += 2 + view.getUint16(at + 2);
    }
    return undefined;
  }
  const png = ascii(file, 1, 3) === "PNG";
  const webp = ascii(file, 0, 4) === "RIFF" && ascii(file, 8, 4) === "WEBP";
  for (let at = png ? 8 : 12, n = 0; (png || webp) && at + 8 < file.length && n < 2000; n++) {
    const length = view.getUint32(png ? at : at + 4, webp);
    const type = ascii(file, png ? at + 4 : at, 4);
    if (type === "eXIf") return at + 8;
    if (type === "EXIF") return ascii(file, at + 8, 6) === "Exif\0\0" ? at + 14 : at + 8;
    at += png ? 12 + length : 8 + length + (length & 1);
  }
  return undefined;
}

function readTiff(data: Uint8Array): Exif | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const little = data[0] === 0x49;
  if (view.getUint16(2, little) !== 42) return undefined;
  const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
  type Entry = { readonly type: number; readonly count: number; readonly at: number };
  const directory = (offset: number): Map<number, Entry> => {
    const out = new Map<number, Entry>();
    const entries = Math.min(view.getUint16(offset, little), mostEntries);
    for (let i = 0; i < entries; i++) {
      const at = offset + 2 + 12 * i;
      const type = view.getUint16(at + 2, little);
      const count = view.getUint32(at + 4, little);
      const size = (sizes[type] ?? 1) * count;
      out.set(view.getUint16(at, little), { type, count, at: size <= 4 ? at + 8 : view.getUint32(at + 8, little) });
    }
    return out;
  };
  const text = (entry: Entry | undefined): string | undefined => {
    if (entry?.type !== 2) return undefined;
    const bytes = data.subarray(entry.at, entry.at + Math.min(entry.count, 256));
    return new TextDecoder().decode(bytes).split("\0")[0]?.trim() || undefined;
  };
  const offset = (entry: Entry | undefined) => (entry ? view.getUint32(entry.at, little) : undefined);
  const degrees = (entry: Entry | undefined, reference: string | undefined): number | undefined => {
    if (entry?.type !== 5 || entry.count < 3) return undefined;
    const part = (i: number) => view.getUint32(entry.at + 8 * i, little) / view.getUint32(entry.at + 8 * i + 4, little);
    const value = part(0) + (part(1) || 0) / 60 + (part(2) || 0) / 3600;
    return Number.isFinite(value) ? (/[SW]/i.test(reference ?? "") ? -value : value) : undefined;
  };
  const main = directory(view.getUint32(4, little));
  const sub = offset(main.get(0x8769));
  const gps = offset(main.get(0x8825));
  const exif = sub === undefined ? undefined : directory(sub);
  const place = gps === undefined ? undefined : directory(gps);
  const orientation = main.get(0x0112);
  const found = {
    make: text(main.get(0x010f)),
    model: text(main.get(0x0110)),
    software: text(main.get(0x0131)),
    changed: text(main.get(0x0132)),
    taken: text(exif?.get(0x9003)),
    serial: text(exif?.get(0xa431)),
    latitude: degrees(place?.get(2), text(place?.get(1))),
    longitude: degrees(place?.get(4), text(place?.get(3))),
    orientation: orientation ? view.getUint16(orientation.at, little) : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Exif;
}
