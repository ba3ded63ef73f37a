import { escapeHtml } from './escape-html.js';

/** A section of the page with its heading. */
export function section(heading: string, content: string): string {
  return `<section><h2>${escapeHtml(heading)}</h2>${content}</section>`;
}

/** A remark. */
export function quiet(text: string): string {
  return `<p class="quiet">${text}</p>`;
}

/** A picture that is part of the page. @param uri of the kind `data:` */
export function image(uri: string, description: string): string {
  return `<img src="${escapeHtml(uri)}" alt="${escapeHtml(description)}">`;
}
