/* Choosing from a long list: a dialog with a search field. */
import { h } from './dom.js';

/**
 * Lets the user choose.
 *
 * @param groups `{heading, items: [{label, hint, value}]}`
 * @returns the chosen value; undefined if the dialog was closed
 */
export function pick(title, groups) {
	return new Promise((resolve) => {
		const dialog = h('dialog', { className: 'dialog picker', 'aria-labelledby': 'pick-title' });
		const close = (value) => {
			dialog.close();
			dialog.remove();
			resolve(value);
		};
		const list = h('div', { className: 'picker-list' });
		const count = h('p', { className: 'hint', role: 'status' });
		const draw = (wanted) => {
			const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
			const fits = ({ label, hint }) => words.every((word) => `${label} ${hint}`.toLowerCase().includes(word));
			const found = groups
				.map(({ heading, items }) => ({ heading, items: items.filter(fits) }))
				.filter(({ items }) => items.length > 0);
			count.textContent = `${found.reduce((sum, { items }) => sum + items.length, 0)} found`;
			list.replaceChildren(
				...found.map(({ heading, items }) =>
					h(
						'section',
						{ 'aria-label': heading },
						h('h3', { className: 'menu-heading' }, heading),
						items.map(row),
					),
				),
			);
		};
		const row = ({ label, hint, value }) =>
			h(
				'button',
				{ type: 'button', className: 'picker-row', onclick: () => close(value) },
				h('span', {}, label),
				hint ? h('small', {}, hint) : undefined,
			);
		const search = h('input', {
			id: 'pick-search',
			type: 'search',
			autocomplete: 'off',
			oninput: () => draw(search.value),
		});
		dialog.append(
			h('h2', { id: 'pick-title' }, title),
			h('label', { for: 'pick-search' }, 'Search'),
			search,
			count,
			list,
			h(
				'div',
				{ className: 'actions' },
				h('button', { type: 'button', className: 'button', onclick: () => close(undefined) }, 'Cancel'),
			),
		);
		dialog.addEventListener('cancel', (event) => {
			event.preventDefault();
			close(undefined);
		});
		draw('');
		document.body.append(dialog);
		dialog.showModal();
		search.focus();
	});
}
