// Where the front end begins.
import "./app/styles.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";
import { preferred } from "./lib/account";
import { refresh } from "./lib/api";
import { activate } from "./lib/i18n";

async function begin() {
  await activate(preferred());
  // Who comes back is signed in before the first page decides where to go. Without an answer the page says so itself.
  await refresh().catch(() => undefined);
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<StrictMode children={<App />} />);
}

void begin();
