/** A folder of another name beside the one given; by the separators that the path itself uses. */
export function neighbourFolder(path: string, name: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return end < 0 ? name : `${path.slice(0, end + 1)}${name}`;
}
