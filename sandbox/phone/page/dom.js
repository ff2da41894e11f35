/* Elements, made without HTML: whatever a text holds, it stays a text. */

const ICONS = {
	attach: 'M12 5v14M5 12h14',
	send: 'M4 12l16-8-6 16-3-7z',
	back: 'M15 5l-7 7 7 7',
	close: 'M6 6l12 12M18 6L6 18',
	more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
	phone: 'M6 4h3l1.500 4.500L8.300 10a12 12 0 0 0 5.700 5.700l1.500-2.200L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
	video: 'M4 7h10v10H4zM14 11l6-3v8l-6-3z',
	trouble: 'M12 4l9 16H3zM12 10v4M12 17v.01',
	pin: 'M12 21s7-6.200 7-11a7 7 0 1 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
	person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1.500-4 4.500-5 8-5s6.500 1 8 5',
	file: 'M7 3h7l4 4v14H7zM14 3v4h4',
	image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4',
	voice: 'M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4zM6 11a6 6 0 0 0 12 0M12 17v3',
	sticker: 'M5 5h14v9l-5 5H5zM14 19v-5h5',
	clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
	check: 'M5 12.500l4.500 4.500L19 7.500',
	checks: 'M2 12.500l4.500 4.500L16 7.500M10.500 16l1 1L21 7.500',
	alert: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.500v5.500M12 16.500v.01',
	reply: 'M10 7l-5 5 5 5M5 12h8a6 6 0 0 1 6 6',
	edit: 'M5 19l1-4L16 5l3 3L9 18z',
	trash: 'M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13',
	copy: 'M9 9h10v11H9zM5 15V4h10',
	plus: 'M12 5v14M5 12h14',
	again: 'M5 12a7 7 0 1 1 2.500 5.400M5 12l-2-2.500M5 12l2.800-1.700',
	group: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c.8-4 3.200-5 6-5s5.200 1 6 5M16 11a2.500 2.500 0 1 0 0-5M17 14c2.200.3 3.600 1.700 4 5',
};

/**
 * Makes an element. `on…` properties are listeners, `data-`, `aria-` and other names with a dash are attributes, all
 * others properties.
 */
export function h(tag, properties = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (value === undefined || value === null) continue;
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (name.includes('-') || name === 'role' || name === 'for') element.setAttribute(name, String(value));
		else element[name] = value;
	}
	element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
	return element;
}

export function icon(name, className = 'icon') {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	for (const [attribute, value] of Object.entries({
		viewBox: '0 0 24 24',
		class: name === 'more' ? `${className} dots` : className,
		'aria-hidden': 'true',
	}))
		svg.setAttribute(attribute, value);
	const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	path.setAttribute('d', ICONS[name] ?? ICONS.alert);
	svg.append(path);
	return svg;
}

/** A button that shows an icon only. */
export function iconButton(name, label, onclick, more = {}) {
	return h(
		'button',
		{ type: 'button', className: 'icon-button', 'aria-label': label, title: label, onclick, ...more },
		icon(name),
	);
}

/** The initials of a name on its own color. */
export function avatar(name, isGroup = false) {
	let hash = 0;
	for (const char of name) hash = (hash * 31 + char.codePointAt(0)) % 6;
	const letters = [...name.replace(/[^\p{L}\p{N} ]/gu, '')].join('').split(' ').filter(Boolean).slice(0, 2);
	const text = letters
		.map((word) => [...word][0])
		.join('')
		.toUpperCase();
	return h(
		'span',
		{ className: `avatar tone-${hash}`, 'aria-hidden': 'true' },
		isGroup ? icon('group') : text || '?',
	);
}

/**
 * Brings the children of an element in line with a list, and leaves those alone that did not change, so that focus,
 * playing audio and open menus survive. Each item: `key`, `stamp` (anything JSON can write), `make()`.
 */
export function sync(parent, items) {
	const existing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
	let place = parent.firstElementChild;
	for (const { key, stamp, make } of items) {
		const old = existing.get(String(key));
		existing.delete(String(key));
		const written = JSON.stringify(stamp);
		let element = old;
		if (old === undefined || old.stamp !== written) {
			element = make();
			element.dataset.key = String(key);
			element.stamp = written;
			if (old !== undefined) {
				const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
				if (place === old) place = element;
				old.replaceWith(element);
				if (focused !== undefined) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
			}
		}
		if (element === place) place = place.nextElementSibling;
		else parent.insertBefore(element, place);
	}
	for (const left of existing.values()) left.remove();
}

/** Opens a menu below (or above) a button. Items: `{label, icon, run}` or `{heading}`. Arrow keys, Escape, click outside. */
export function openMenu(button, label, items) {
	const before = document.querySelector('.menu');
	before?.remove();
	if (before?.opener === button) return;
	const menu = h('div', { className: 'menu', role: 'menu', 'aria-label': label });
	menu.opener = button;
	const close = (focus) => {
		menu.remove();
		button.setAttribute('aria-expanded', 'false');
		document.removeEventListener('pointerdown', outside, true);
		if (focus) button.focus();
	};
	const outside = (event) => {
		if (!menu.contains(event.target) && !button.contains(event.target)) close(false);
	};
	for (const item of items) {
		if (item.heading) menu.append(h('div', { className: 'menu-heading', role: 'presentation' }, item.heading));
		else if (item.row)
			menu.append(
				h(
					'div',
					{ className: 'menu-row', role: 'group', 'aria-label': item.label },
					item.row.map(({ label: name, text, run }) =>
						h(
							'button',
							{
								type: 'button',
								role: 'menuitem',
								'aria-label': name,
								onclick: () => (close(true), run()),
							},
							text,
						),
					),
				),
			);
		else
			menu.append(
				h(
					'button',
					{ type: 'button', role: 'menuitem', tabIndex: -1, onclick: () => (close(true), item.run()) },
					icon(item.icon ?? 'more'),
					h('span', {}, item.label, item.hint ? h('small', {}, item.hint) : undefined),
				),
			);
	}
	menu.addEventListener('keydown', (event) => {
		const all = [...menu.querySelectorAll('[role=menuitem]')];
		const at = all.indexOf(document.activeElement);
		const to = {
			ArrowDown: at + 1,
			ArrowRight: at + 1,
			ArrowUp: at - 1,
			ArrowLeft: at - 1,
			Home: 0,
			End: all.length - 1,
		}[event.key];
		if (to !== undefined) {
			event.preventDefault();
			all[(to + all.length) % all.length].focus();
		} else if (event.key === 'Escape' || event.key === 'Tab') {
			event.preventDefault();
			close(true);
		}
	});
	document.body.append(menu);
	const at = button.getBoundingClientRect();
	const { offsetWidth: width, offsetHeight: height } = menu;
	const isBelow = at.bottom + height + 12 < innerHeight || at.top < height + 12;
	menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
	menu.style.top = `${Math.max(8, Math.min(isBelow ? at.bottom + 6 : at.top - height - 6, innerHeight - height - 8))}px`;
	button.setAttribute('aria-expanded', 'true');
	document.addEventListener('pointerdown', outside, true);
	menu.querySelector('[role=menuitem]')?.focus();
}

/**
 * Asks for something in a dialog.
 *
 * @param fields `{name, label, value, type, choices, accept, hint}`
 * @returns the values by name; undefined when it was left
 */
export function ask(title, fields, action = 'Send') {
	return new Promise((resolve) => {
		const inputs = fields.map((field, index) => ({ ...field, id: `ask-${index}` }));
		const form = h('form', { method: 'dialog' });
		const dialog = h('dialog', { className: 'dialog', 'aria-labelledby': 'ask-title' }, form);
		const close = (value) => {
			dialog.close();
			dialog.remove();
			resolve(value);
		};
		form.append(h('h2', { id: 'ask-title' }, title));
		for (const { id, name, label, type = 'text', value = '', choices, hint, accept, required = false } of inputs) {
			const input = choices
				? h(
						'select',
						{ id, name },
						choices.map((choice) => h('option', { value: choice, selected: choice === value }, choice)),
					)
				: type === 'area'
					? h('textarea', { id, name, value, rows: 3, required })
					: h('input', {
							id,
							name,
							type,
							required,
							...(type === 'file' ? { accept: accept ?? '' } : { value }),
							...(type === 'number' ? { step: 'any' } : {}),
						});
			if (hint) input.setAttribute('aria-describedby', `${id}-hint`);
			form.append(
				h('label', { for: id }, label),
				input,
				hint ? h('p', { id: `${id}-hint`, className: 'hint' }, hint) : '',
			);
		}
		form.append(
			h(
				'div',
				{ className: 'actions' },
				h('button', { type: 'button', className: 'button', onclick: () => close(undefined) }, 'Cancel'),
				h('button', { type: 'submit', className: 'button primary' }, action),
			),
		);
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			close(
				Object.fromEntries(
					inputs.map(({ id, name, type }) => [
						name,
						type === 'file' ? form.querySelector(`#${id}`).files[0] : form.querySelector(`#${id}`).value,
					]),
				),
			);
		});
		dialog.addEventListener('cancel', (event) => {
			event.preventDefault();
			close(undefined);
		});
		document.body.append(dialog);
		dialog.showModal();
	});
}

let hiding;

/** Shows a short message at the bottom. */
export function toast(text) {
	const box = document.getElementById('toast');
	box.textContent = text;
	box.hidden = false;
	clearTimeout(hiding);
	hiding = setTimeout(() => (box.hidden = true), 6000);
}
