// "Help" stands in the same place on every page, and opens what to do when something does not work.
import { Trans, useLingui } from "@lingui/react/macro";
import { LifeBuoy } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const HelpDialog = lazy(() => import("./help-dialog"));

export function HelpButton({ className }: { className: string }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={className} title={t`Help`} onClick={() => setOpen(true)}>
        <LifeBuoy className="i" aria-hidden />
        <span>
          <Trans>Help</Trans>
        </span>
      </button>
      {open && (
        <Suspense>
          <HelpDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
