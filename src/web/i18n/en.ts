/* English. Keys are grouped by the part of the interface that shows them; values are ICU messages. */
export const en = {
  // ---- shell: what is always there
  "shell.name": "Notes",
  "shell.skip": "Skip to the content",
  "shell.language": "Language",
  "shell.lock": "Lock",
  "shell.leave": "Leave at once",
  "shell.sections": "Sections",
  "section.home": "Today",
  "idle.title": "Still there?",
  "idle.text": "Nothing was touched for 14 minutes. In one minute this locks, and what was not saved is gone.",
  "idle.stay": "Stay",
  "work.busy": "Working…",
  "work.fetch": "Fetching from the host…",
  "work.open": "Decrypting on this device…",
  "work.verify": "Checking signatures…",
  "work.stop": "Stop",
  "work.again": "Try again",

  // ---- identity
  "start.title": "Welcome",
  "start.what":
    "Organizations that trust each other share here what they know about people they may work with, and about tips that may be false. Everything is encrypted on your device; whoever runs the host can read none of it.",
  "start.limits":
    "Whoever serves this page could serve a false one. For the highest safety use the single-file client or the command line, and compare their hash with the published one.",
  "start.new": "Make a new identity",
  "start.bring": "Bring an identity file",
  "create.title": "A new identity",
  "create.organization": "Your organization's name",
  "create.member": "Your own name",
  "create.memberHint": "As your colleagues know you. A pen name is fine.",
  "create.next": "Next: the passphrase",
  "create.finish": "Make the identity",
  "phrase.title": "Your passphrase",
  "phrase.explain":
    "These seven words open everything on this device. They were drawn by chance just now and are stored nowhere. Write them on paper and keep it where nobody looks.",
  "phrase.lost":
    "Nobody can give you these words again: not the host, not your circle, not we. Without them what is on this device is lost, and your organization has to admit you anew.",
  "phrase.check": "Before you go on",
  "phrase.written": "I wrote the seven words down, in their order.",
  "unlock.title": "Unlock",
  "unlock.phrase": "Passphrase",
  "unlock.open": "Unlock",
  "bring.title": "Bring an identity file",
  "bring.file": "Identity file",
  "bring.open": "Open",

  // ---- home and circles
  "home.title": "Today",
  "home.circles": "Your circles",
  "home.none": "You are in no circle yet. Found one, or join by an invitation.",
  "home.found": "Found a circle",
  "home.join": "Join by an invitation",
  "home.refresh": "Look for news now",
  "circle.waiting": "awaiting admission",
  "circle.waitingText": "You asked to join. Compare the safety words with who invited you; then they admit you.",
  "circle.look": "Look whether I was admitted",
  "circle.summary":
    "{organizations, plural, one {# organization} other {# organizations}}, {statements, plural, one {# statement} other {# statements}}",
  "circle.trouble": "Shown as this device last knew it",
  "circle.stale":
    "Nothing new has come for longer than the check-in interval. The host may be withholding something. Ask the others by another way.",
  "role.coordinator": "coordinator",
  "role.contributor": "contributor",
  "role.reader": "reader",
  "role.none": "no longer a member",
  "found.title": "Found a circle",
  "found.kind": "What for",
  "found.network": "Organizations that vet together",
  "found.organization": "Only my own organization: cases, drafts, decisions",
  "found.label": "What you call it",
  "found.labelHint": "Stays on this device.",
  "found.address": "Address of the host",
  "found.token": "Founding token",
  "found.tokenHint": "Only where the host asks for one.",
  "found.do": "Found it",
  "join.title": "Join by an invitation",
  "join.link": "Invitation link",
  "join.linkHint": "It was handed to you outside of this page, for you alone. Paste it whole.",
  "join.ask": "Ask to join",
  "join.words": "Safety words",
  "join.compare":
    "Call who invited you, or meet them. Read these words to each other, in their order. They see the same ones.",
  "join.differ": "If one word differs, somebody stands between you: stop, and tell them by another way.",
  "join.done": "They are the same",

  // ---- vet: journey 1

  // ---- tip: journey 2

  // ---- coordinate: journey 3

  // ---- safety

  // ---- statements

  // ---- words of the standards

  // ---- errors, by code; then by whose fault, where a code has no sentence of its own
  "error.host.unreachable": "The host does not answer. Check your connection; what you wrote is still here.",
  "error.vault.locked": "This passphrase does not open the identity. Check the words and their order.",
  "fault.UsageError": "This cannot be done as it is. Check what you entered, then try again.",
  "fault.PeerFault": "Something that a member sent does not hold, and was not used. Ask them by another way.",
  "fault.HostFault":
    "The host showed something that an honest host cannot. Nothing of it was used. Tell your circle by another way.",
  "fault.Corrupt": "What this device keeps is damaged. Bring the identity file, and everything else is fetched again.",
  "fault.Refused": "The host refused this. Nothing was lost; try again later.",
  "fault.Stopped": "This was stopped.",
  "fault.unknown": "Something went wrong that should not have. Nothing was sent. Try again.",
} as const;
