// Who is signed in, for pages and hooks.
import { create } from "zustand";

import type { Me } from "../contract/types";
import { activate } from "./i18n";
import { onSignIn } from "./api";

interface Account {
  /** `undefined` until the first refresh has answered. */
  me: Me | null | undefined;
}

export const useAccount = create<Account>(() => ({ me: undefined }));

onSignIn((answer) => {
  useAccount.setState({ me: answer?.user ?? null });
  void activate(answer?.user.locale ?? preferred());
});

/** After a change of the profile. */
export function setMe(me: Me): void {
  useAccount.setState({ me });
  void activate(me.locale);
}

/** The language before anybody is signed in: `?lang=` for looking at one, else the browser's. */
export function preferred(): string {
  return new URLSearchParams(location.search).get("lang") ?? navigator.language;
}

export const isStaff = (me: Me | null | undefined): boolean => !!me && me.role !== "participant";

/** The name of the organisation, which the server writes into the page. */
export function organisation(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="vdp-organisation"]');
  return meta?.content || "Virtual Day Program";
}
