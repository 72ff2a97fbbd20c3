/** The way to the boards and notes of a session, where it has some. */
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { documentsQuery } from "./queries";

export function DocumentsLink({ sessionId, className = "link" }: { sessionId: string; className?: string }) {
  // Who may not see them, and who is not connected, misses a link and nothing else.
  const documents = useQuery({ ...documentsQuery(sessionId), retry: false });
  if (!documents.data?.documents.length) return null;
  return (
    <Link to="/sessions/$id/documents" params={{ id: sessionId }} className={className}>
      <Trans>Boards and notes</Trans>
    </Link>
  );
}
