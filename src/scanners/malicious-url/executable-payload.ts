/** Addresses of files that run when they are opened. */
const EXECUTABLE =
  /\.(exe|scr|pif|com|cpl|msi|msix|bat|cmd|ps1|psm1|vbs|vbe|jse|wsf|wsh|hta|lnk|jar|apk|dmg|pkg|appimage|deb|rpm|reg|iso|img)$/i;
/** A script by itself is part of every page; behind a document's ending it is a trap. */
const DOUBLE =
  /\.(?:pdf|docx?|xlsx?|pptx?|txt|rtf|csv|jpe?g|png|gif|mp[34]|zip|html?)[ %20_]{0,8}\.(?:exe|scr|pif|com|cpl|msi|bat|cmd|ps1|vbs|vbe|jse?|wsf|hta|lnk|jar|apk|dmg|iso)$/i;
/** Nobody offers these for download in good faith. */
const NEVER_OFFERED = /\.(?:scr|pif|cpl|vbs|vbe|jse|wsf|wsh|hta|lnk)$/i;

/** 0 where the path names no such file. `.com` ends hosts, not files: it counts behind another ending only. */
export function executablePayloadConfidence({ pathname, protocol }: URL): number {
  const file = pathname.slice(pathname.lastIndexOf('/') + 1);
  if (DOUBLE.test(file)) return 0.9;
  if (NEVER_OFFERED.test(file)) return 0.85;
  if (!EXECUTABLE.test(file) || /\.com$/i.test(file)) return 0;
  return protocol === 'http:' ? 0.7 : 0.55;
}
