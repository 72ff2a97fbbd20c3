// A secret in the address belongs neither on the screen nor in the history.

import { useEffect, useState } from "react";

interface Fragment {
  secret: string;
  /** Grows with every link that is opened on this page, even when it is the same one. */
  turn: number;
}

/** The secret of the link that was opened; of the newest, when another is pasted into the same tab. */
export function useFragment(): Fragment {
  const [fragment, take] = useState(() => ({ secret: takeFragment(), turn: 0 }));
  useEffect(() => {
    const look = () => {
      if (location.hash.length > 1) take(({ turn }) => ({ secret: takeFragment(), turn: turn + 1 }));
    };
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  return fragment;
}

/** Takes the fragment out of the address, and returns it. */
function takeFragment(): string {
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
