/** For hosts: the address to which a caption service sends what is said. It is shown once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Copy, Link2, Unlink } from "lucide-react";
import { useEffect, useState } from "react";
import type { CaptionLink, NewCaptionLink } from "../../../../contract/types";
import { api } from "../../../../lib/api";
import { useClockFormat } from "../../hooks/use-clock";
import { useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";
import { useTry } from "../talk/use-try";

export function CaptionLinkButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="lr-quiet lr-caption-link"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Link2 className="lr-icon" aria-hidden="true" />
        <Trans>Caption service</Trans>
      </button>
      {open && <LinkDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function LinkDialog({ onClose }: { onClose: () => void }) {
  const session = useRoom((state) => state.session?.id ?? "");
  const [known, know] = useState<CaptionLink | null>(null);
  const [made, setMade] = useState<NewCaptionLink | null>(null);
  const attempt = useTry();
  const path = `/sessions/${session}/caption_link`;
  const { run } = attempt;
  useEffect(() => {
    void run(async () => know(await api<CaptionLink>("GET", path)));
    // Once, when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [path]);
  const make = () =>
    void run(async () => {
      const link = await api<NewCaptionLink>("POST", path, { body: {} });
      setMade(link);
      know({ session_id: session, created_at: link.created_at, last_used_at: null });
    });
  const revoke = () =>
    void run(async () => {
      await api("DELETE", path);
      setMade(null);
      know({ session_id: session, created_at: null, last_used_at: null });
    });
  const exists = known !== null && known.created_at !== null;
  return (
    <RoomDialog
      title={<Trans>Caption service</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={make} aria-disabled={attempt.busy}>
            <Link2 className="lr-icon" aria-hidden="true" />
            {exists ? <Trans>Make a new address</Trans> : <Trans>Make an address</Trans>}
          </button>
          {exists && (
            <button
              type="button"
              className="lr-choice lr-danger"
              onClick={revoke}
              aria-disabled={attempt.busy}
            >
              <Unlink className="lr-icon" aria-hidden="true" />
              <Trans>Take the address back</Trans>
            </button>
          )}
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </>
      }
    >
      <p>
        <Trans>
          A captioner, or a program that recognises speech, sends what is said to an address of this class.
          Give it only to them: who has it writes captions.
        </Trans>
      </p>
      {known && <State link={known} />}
      {made && <Address url={made.url} />}
      <p role="status" className="lr-chat-problem">
        {attempt.problem}
      </p>
    </RoomDialog>
  );
}

function State({ link }: { link: CaptionLink }) {
  const format = useClockFormat();
  const made = link.created_at && format(link.created_at);
  const used = link.last_used_at && format(link.last_used_at);
  return (
    <p>
      {!made ? (
        <Trans>This class has no address yet.</Trans>
      ) : used ? (
        <Trans>
          Made at {made}, last used at {used}. A new address ends the one before.
        </Trans>
      ) : (
        <Trans>Made at {made}, not used yet. A new address ends the one before.</Trans>
      )}
    </p>
  );
}

function Address({ url }: { url: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(t`Copied.`);
    } catch {
      setCopied(t`The browser did not copy it. Select the address and copy it yourself.`);
    }
  };
  return (
    <div className="lr-caption-address">
      <label>
        <Trans>The address, shown this once</Trans>
        <input readOnly value={url} onFocus={(event) => event.target.select()} />
      </label>
      <button type="button" className="lr-small-choice" onClick={() => void copy()}>
        <Copy className="lr-icon" aria-hidden="true" />
        <Trans>Copy</Trans>
      </button>
      <p role="status">{copied}</p>
    </div>
  );
}
