// Where the front end begins.
import "./app/styles.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";
import { preferred } from "./lib/account";
import { mayBeSignedIn, refresh, setSignedIn } from "./lib/api";
import { activate } from "./lib/i18n";
import { followSystem } from "./lib/look";

async function begin() {
  followSystem();
  await activate(preferred());
  // Who comes back is signed in before the first page decides where to go. Without an answer the page says so itself.
  if (mayBeSignedIn()) await refresh().catch(() => undefined);
  else setSignedIn(null);
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<StrictMode children={<App />} />);
}

void begin();
