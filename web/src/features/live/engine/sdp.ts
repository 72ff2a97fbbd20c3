/** The few things we read from or write into session descriptions. */

/** The certificate fingerprint of a description; the server has one per process, so it names the process. */
export function fingerprintOf(sdp: string): string | null {
  return /^a=fingerprint:\S+ (\S+)/m.exec(sdp)?.[1]?.toUpperCase() ?? null;
}

/**
 * Asks our own encoder for discontinuous transmission. A browser configures its Opus encoder from the
 * *remote* description, so this is applied to the server's answer.
 */
export function withOpusDtx(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (!payload) return sdp;
  const lines = sdp.split(/\r?\n/);
  const format = `a=fmtp:${payload} `;
  const at = lines.findIndex((line) => line.startsWith(format));
  if (at === -1) {
    const map = lines.findIndex((line) => line.startsWith(`a=rtpmap:${payload} `));
    lines.splice(map + 1, 0, `${format}usedtx=1`);
  } else if (!/[ ;]usedtx=1/.test(lines[at] ?? "")) {
    lines[at] += ";usedtx=1";
  }
  return lines.join("\r\n");
}
