// Providers and the router.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRouter, RouterProvider } from "@tanstack/react-router";

import { Refused } from "../lib/api";
import { routeTree } from "../routeTree.gen";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused it refuses again; only a missing answer is worth another try.
      retry: (count, error) => count < 3 && (!(error instanceof Refused) || [0, 502, 503, 504].includes(error.status)),
    },
  },
});

const router = createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true, context: { queries } });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
