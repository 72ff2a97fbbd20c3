// A personal join link: made, shown once, and taken back. Whoever has it comes in as that person.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Link2, Unlink } from "lucide-react";
import { useState } from "react";

import type { JoinLink } from "../contract/types";
import { api } from "../lib/api";
import { Banner } from "./ui/banner";
import { Button } from "./ui/button";
import { Dialog } from "./ui/dialog";
import { TextField } from "./ui/field";
import { Failed } from "./ui/loaded";

interface Props {
  /** Where it is not known whether there is a link, both can be pressed. */
  user: { id: string; name: string; has_join_link?: boolean };
}

export function JoinLinkButtons({ user }: Props) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"make" | "revoke" | null>(null);
  const { name } = user;
  const settled = () => queries.invalidateQueries({ queryKey: ["users"] });
  const make = useMutation({
    mutationFn: () => api<JoinLink>("POST", `/users/${user.id}/join_link`, { body: {} }),
    onSuccess: settled,
  });
  const revoke = useMutation({
    mutationFn: () => api<null>("DELETE", `/users/${user.id}/join_link`),
    onSuccess: () => {
      setAsking(null);
      return settled();
    },
  });
  const close = () => {
    setAsking(null);
    make.reset();
    revoke.reset();
  };
  const replaces = user.has_join_link !== false;
  return (
    <span className="flex flex-wrap gap-2">
      <Button
        size="sm"
        onClick={() => (replaces ? setAsking("make") : make.mutate())}
        aria-label={t`Make a join link for ${name}`}
      >
        <Link2 className="i" aria-hidden />
        {user.has_join_link ? <Trans>New link</Trans> : <Trans>Make a link</Trans>}
      </Button>
      {replaces && (
        <Button size="sm" onClick={() => setAsking("revoke")} aria-label={t`Revoke the join link of ${name}`}>
          <Unlink className="i" aria-hidden />
          <Trans>Revoke</Trans>
        </Button>
      )}
      {make.data ? (
        <ShownOnce name={name} url={make.data.url} onClose={close} />
      ) : asking === "make" ? (
        <Dialog title={t`Make a new link for ${name}?`} onClose={close}>
          <p>
            <Trans>
              With the link, {name} comes in without a password. A link that was made before stops working.
            </Trans>
          </p>
          {make.error && <Failed error={make.error} />}
          <div className="actions">
            <Button data-safe onClick={close}>
              <Trans>Keep it as it is</Trans>
            </Button>
            <Button
              look="primary"
              onClick={() => make.mutate()}
              busy={make.isPending && <Trans>Making the link</Trans>}
            >
              <Trans>Make a new link</Trans>
            </Button>
          </div>
        </Dialog>
      ) : asking === "revoke" ? (
        <Dialog title={t`Revoke the link of ${name}?`} onClose={close}>
          <p>
            <Trans>The link stops working at once, and {name} is signed out where it was used.</Trans>
          </p>
          {revoke.error && <Failed error={revoke.error} />}
          <div className="actions">
            <Button data-safe onClick={close}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => revoke.mutate()}
              busy={revoke.isPending && <Trans>Revoking</Trans>}
            >
              <Trans>Revoke this link</Trans>
            </Button>
          </div>
        </Dialog>
      ) : (
        make.error && <Failed error={make.error} />
      )}
    </span>
  );
}

function ShownOnce({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard
      ? void navigator.clipboard.writeText(url).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      : setCopied(false);
  return (
    <Dialog title={t`The link for ${name}`} onClose={onClose}>
      <Banner look="warn">
        <Trans>We show it only now. Whoever has it comes in as {name}, so give it to nobody else.</Trans>
      </Banner>
      <TextField
        label={t`Personal join link`}
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <div className="actions">
        <Button look="primary" onClick={copy}>
          <Copy className="i" aria-hidden />
          <Trans>Copy the link</Trans>
        </Button>
        <Button onClick={onClose}>
          <Trans>I have it</Trans>
        </Button>
        <span role="status">
          {copied === true && <Trans>Copied.</Trans>}
          {copied === false && <Trans>Mark it and copy it yourself: this browser does not let us.</Trans>}
        </span>
      </div>
    </Dialog>
  );
}
