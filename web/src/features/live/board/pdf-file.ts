/** A PDF of one page that holds one picture. Small enough to be written here: no program for PDFs is needed for that. */

const latin = new TextEncoder();

/** `width` and `height` are those of the JPEG in points of the screen. */
export function pdfOf(jpeg: Uint8Array, width: number, height: number, title: string): Blob {
  // A page is at most 200 inches; a point of the screen is three quarters of one on paper.
  const scale = Math.min(0.75, 14_400 / Math.max(width, height));
  const [w, h] = [number(width * scale), number(height * scale)];
  const draw = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
  const objects: (string | [string, Uint8Array])[] = [
    "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Resources << /XObject << /P 4 0 R >> >> /Contents 5 0 R >>`,
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`,
      jpeg,
    ],
    [`<< /Length ${draw.length} >>`, latin.encode(draw)],
    `<< /Title <${utf16(title)}> >>`,
  ];
  return assembled(objects);
}

function assembled(objects: (string | [string, Uint8Array])[]): Blob {
  const parts: Uint8Array[] = [];
  let length = 0;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? latin.encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  write("%PDF-1.4\n");
  const starts = objects.map((object, index) => {
    const start = length;
    write(`${index + 1} 0 obj\n`);
    if (typeof object === "string") write(object);
    else {
      write(`${object[0]}\nstream\n`);
      write(object[1]);
      write("\nendstream");
    }
    write("\nendobj\n");
    return start;
  });
  const table = length;
  const rows = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  write(`xref\n0 ${count}\n0000000000 65535 f \n${rows}`);
  write(`trailer\n<< /Size ${count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return new Blob(parts as BlobPart[], { type: "application/pdf" });
}

const number = (value: number) => String(Math.round(value * 100) / 100);

/** As a PDF writes text in any script. */
function utf16(text: string): string {
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))];
  return units.map((unit) => unit.toString(16).padStart(4, "0")).join("");
}
