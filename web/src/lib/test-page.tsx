// For tests only: a page with everything that stands around it, and a server that answers as the test says.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";

export interface Asked {
  method: string;
  /** Without `/api/v1`. */
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** Answers every call; what it was asked is kept in the list that it returns. A body, or a whole response. */
export function serve(answer: (asked: Asked) => unknown): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", (address: string, init: RequestInit = {}) => {
    const asked: Asked = {
      method: init.method ?? "GET",
      path: address.replace("/api/v1", ""),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      headers: { ...(init.headers as Record<string, string>) },
    };
    all.push(asked);
    const given = answer(asked);
    return Promise.resolve(given instanceof Response ? given : Response.json(given));
  });
  return all;
}

/** A refusal as the server writes it. */
export function refused(status: number, type: string, errors: { field: string; message: string }[] = []) {
  return Response.json(
    { type, title: type, status, detail: type, params: {}, errors: errors.map((one) => ({ type, ...one })) },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}

/** Shows a page; what it holds of the server's answers is in what it returns, and may be given. */
export function showPage(
  page: ReactNode,
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
): QueryClient {
  vi.stubGlobal("scrollTo", () => undefined);
  const root = createRootRoute({ component: () => page });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </I18nProvider>,
  );
  return queries;
}
