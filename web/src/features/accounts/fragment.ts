// A secret in the address belongs neither on the screen nor in the history.

/** Takes the fragment out of the address, and returns it. */
export function takeFragment(): string {
  const secret = decoded(location.hash.slice(1));
  if (secret) history.replaceState(history.state, "", location.pathname + location.search);
  // React may ask twice for the first state; the second time it is no longer in the address.
  if (secret) kept = { path: location.pathname, secret };
  return kept.path === location.pathname ? kept.secret : "";
}

let kept = { path: "", secret: "" };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not what we ever write into a link: the server will say that it does not work.
    return text;
  }
}
