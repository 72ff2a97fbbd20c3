/** Who a guest is in a session, for as long as this tab is open: after a reload they come back as the same person. */
interface Kept {
  name: string;
  /** Of the last seat. */
  token: string;
}

const place = (sessionId: string) => `vdp.guest.${sessionId}`;

export function keptGuest(sessionId: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place(sessionId)) ?? "null") as Partial<Kept> | null;
    return kept?.name && kept.token ? { name: kept.name, token: kept.token } : null;
  } catch {
    return null;
  }
}

export function keepGuest(sessionId: string, kept: Kept): void {
  try {
    sessionStorage.setItem(place(sessionId), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: a reload makes somebody new.
  }
}
