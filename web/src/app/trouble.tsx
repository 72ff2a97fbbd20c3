// Pages for when a page is not there or broke.
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Organisation } from "../components/brand";
import { Button, button } from "../components/ui/button";
import { usePageTitle } from "../lib/page";
import { refresh } from "../lib/api";

function Plain({ title, children, action }: { title: ReactNode; children: ReactNode; action: ReactNode }) {
  return (
    <div className="page" data-shell="participant">
      <header className="topbar">
        <a href="/" className="org">
          <Organisation />
        </a>
      </header>
      <main id="main" className="wide grid content-start gap-4 py-10">
        <h1 className="title">{title}</h1>
        <p className="max-w-prose">{children}</p>
        <div className="actions">{action}</div>
      </main>
    </div>
  );
}

export function NotFound() {
  const { t } = useLingui();
  usePageTitle(t`There is no such page`);
  return (
    <Plain
      title={<Trans>There is no such page</Trans>}
      action={
        <Link to="/" className={button({ look: "primary" })}>
          <Trans>Go to the start</Trans>
        </Link>
      }
    >
      <Trans>The address may have a slip in it, or the page was moved.</Trans>
    </Plain>
  );
}

export function Broken({ reset }: { reset: () => void }) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Plain
      title={<Trans>This page broke</Trans>}
      action={
        <>
          <Button look="primary" onClick={again}>
            <Trans>Try again</Trans>
          </Button>
          <a href="/" className={button()}>
            <Trans>Go to the start</Trans>
          </a>
        </>
      }
    >
      <Trans>Something went wrong on our side. Nothing you saved is lost.</Trans>
    </Plain>
  );
}

/** We do not know yet who this is, because the server did not answer. */
export function Unreachable() {
  return (
    <Plain
      title={<Trans>We cannot reach the server</Trans>}
      action={
        <Button look="primary" onClick={() => void refresh().catch(() => undefined)}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <Trans>Check your connection. We also try again by ourselves.</Trans>
    </Plain>
  );
}
