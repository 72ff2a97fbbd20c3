/** Which addresses a link may have: what opens a page or a letter, and nothing that a browser would run. Pure. */

const SAFE = new Set(["http:", "https:", "mailto:"]);

export function isSafeLink(address: unknown): address is string {
  if (typeof address !== "string") return false;
  try {
    return SAFE.has(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** What somebody wrote as an address, made whole; null when it cannot be one. */
export function asLink(text: string): string | null {
  const written = text.trim();
  if (written === "" || /\s/.test(written)) return null;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(written)) return `mailto:${written}`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(written) && !/^[^/]+\.[^/]+:\d/.test(written))
    return isSafeLink(written) ? written : null;
  const whole = `https://${written}`;
  return isSafeLink(whole) && written.includes(".") ? whole : null;
}
