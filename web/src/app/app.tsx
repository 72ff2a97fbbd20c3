// Providers and the router.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRouter, RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";

import { useAccount } from "../lib/account";
import { refresh, Refused } from "../lib/api";
import { routeTree } from "../routeTree.gen";
import { Broken, NotFound, Unreachable } from "./trouble";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused it refuses again; only a missing answer is worth another try.
      retry: (count, error) =>
        count < 3 && (!(error instanceof Refused) || [0, 502, 503, 504].includes(error.status)),
    },
  },
});

const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  context: { queries },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

// Another person's answers must not outlive the sign-in they were given to. A stranger's stay, but programs say more to who
// is signed in.
useAccount.subscribe((now, before) => {
  if (now.me?.id === before.me?.id) return;
  if (before.me) queries.clear();
  else for (const key of ["programs", "program"]) void queries.invalidateQueries({ queryKey: [key] });
  void router.invalidate();
});

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Door />
      </QueryClientProvider>
    </I18nProvider>
  );
}

/** Until the server has said who this is, no page can decide what to show. */
function Door() {
  const known = useAccount((account) => account.me !== undefined);
  useEffect(() => {
    if (known) return;
    const timer = setInterval(() => void refresh().catch(() => undefined), 5_000);
    return () => clearInterval(timer);
  }, [known]);
  return known ? <RouterProvider router={router} /> : <Unreachable />;
}
