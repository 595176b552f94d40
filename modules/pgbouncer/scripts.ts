/** What the containers beside PgBouncer run. */
import { FOLDERS, USER_LIST } from "./configuration";

/**
 * One list of the present and the former logins. A rotation of alternating users leaves the former one valid, so that clients
 * that still have it can connect. For a login that is in both, the present password counts. The file is replaced at once.
 */
export const MERGE_LOGINS = [
  `cat ${FOLDERS.logins}/userlist.txt ${FOLDERS.formerLogins}/userlist.txt 2>/dev/null |`,
  `awk 'NF && !seen[$1]++' > ${USER_LIST}.new && mv ${USER_LIST}.new ${USER_LIST}`,
].join(" ");

const INTERVAL_SECONDS = 10;

/** PgBouncer reads logins and certificates again at SIGHUP only. */
export const RELOAD_ON_CHANGE = [
  `state() { cat ${FOLDERS.logins}/* ${FOLDERS.formerLogins}/* ${FOLDERS.certificate}/* 2>/dev/null | sha256sum; }`,
  'loaded="$(state)"',
  `while sleep ${INTERVAL_SECONDS}; do`,
  '  present="$(state)"',
  '  if [ "$present" != "$loaded" ]; then',
  `    ${MERGE_LOGINS} && kill -HUP "$(pidof pgbouncer)" && loaded="$present" && echo "reloaded"`,
  "  fi",
  "done",
].join("\n");
