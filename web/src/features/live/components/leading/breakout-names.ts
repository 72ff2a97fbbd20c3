/** Rooms nobody has named yet have a number of the server's; here is the word to it. */
import { useLingui } from "@lingui/react/macro";

export function useRoomName(): (name: string) => string {
  const { t } = useLingui();
  return (name) => (/^\d+$/.test(name) ? t`Room ${name}` : name);
}
