// "Text and colours" opens the same choices from every page.
import { Trans, useLingui } from "@lingui/react/macro";
import { ALargeSmall } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const LookDialog = lazy(() => import("./look-dialog"));

export function LookButton({ className }: { className: string }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={className} title={t`Text and colours`} onClick={() => setOpen(true)}>
        <ALargeSmall className="i" aria-hidden />
        <span>
          <Trans>Text and colours</Trans>
        </span>
      </button>
      {open && (
        <Suspense>
          <LookDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
