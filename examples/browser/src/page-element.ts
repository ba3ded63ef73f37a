/**
 * An element of the page.
 *
 * @throws when the page has none of that id
 */
export function pageElement(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element with the id ${id}.`);
  return found;
}
