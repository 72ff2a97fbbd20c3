// What became of a mail, in a word.
import { Trans } from "@lingui/react/macro";

import { Badge } from "../../components/ui/badge";
import type { Mail } from "../../contract/types";

export function MailState({ state }: { state: Mail["state"] }) {
  switch (state) {
    case "waiting":
      return (
        <Badge>
          <Trans>Waiting</Trans>
        </Badge>
      );
    case "sent":
      return (
        <Badge look="good">
          <Trans>Sent</Trans>
        </Badge>
      );
    case "failed":
      return (
        <Badge look="bad">
          <Trans>Not sent</Trans>
        </Badge>
      );
    case "bounced":
      return (
        <Badge look="bad">
          <Trans>Nobody there</Trans>
        </Badge>
      );
  }
}
