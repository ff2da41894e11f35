import { EndpointsConfig } from '@n8n/config';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { queueEnvironment } from '../../scripts/queue/environment';
import tools from '../../tools/n8n/package.json';

/* Without Docker: the file is read as Compose reads it, and held against n8n's own configuration. */

const root = path.join(__dirname, '..', '..');
const folder = path.join(root, 'docs', 'queue-mode');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

const service = z.strictObject({
	image: z.string(),
	restart: z.literal('unless-stopped'),
	environment: z.record(z.string(), z.string()),
	command: z.union([z.string(), z.array(z.string())]).optional(),
	volumes: z.array(z.string()).optional(),
	ports: z.array(z.string()).optional(),
	deploy: z.strictObject({ replicas: z.int() }).optional(),
	stop_grace_period: z.string().optional(),
	healthcheck: z
		.strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.int() })
		.optional(),
	depends_on: z
		.union([z.array(z.string()), z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))])
		.optional(),
});

const compose = z.looseObject({
	services: z.record(z.string(), service),
	volumes: z.record(z.string(), z.null()),
});

const text = read('docker-compose.yml');
const { services, volumes } = compose.parse(parse(text, { merge: true }));
const n8nServices = ['main', 'worker', 'webhook'] as const;
const environmentOf = (name: string) => services[name]?.environment ?? {};

/** All the code of a package. */
function codeOf(packageFolder: string): string {
	return readdirSync(packageFolder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => readFileSync(path.join(packageFolder, file), 'utf8'))
		.join('\n');
}

describe('the compose file of queue mode', () => {
	it('has the processes of queue mode, all alike but for their command', () => {
		expect(Object.keys(services).sort()).toEqual(['caddy', 'main', 'postgres', 'redis', 'webhook', 'worker']);
		expect(n8nServices.map((name) => services[name]?.command)).toEqual([undefined, 'worker', 'webhook']);
		for (const name of n8nServices) expect(environmentOf(name)).toEqual(environmentOf('main'));
		expect(environmentOf('main')).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		});
		expect(services.worker?.deploy?.replicas).toBe(2);
	});

	it('pins every image, n8n to the version that the package is tested with', () => {
		for (const { image } of Object.values(services)) expect(image).toMatch(/:\d+\.\d+/);
		for (const name of n8nServices)
			expect(services[name]?.image).toBe(`docker.n8n.io/n8nio/n8n:${tools.dependencies.n8n}`);
	});

	it('opens nothing beyond this machine unless told to, and nothing but the proxy', () => {
		const ports = Object.entries(services).flatMap(([name, { ports: own = [] }]) =>
			own.map((port) => [name, port] as const),
		);
		expect(ports).toHaveLength(2);
		for (const [name, port] of ports) {
			expect(name).toBe('caddy');
			expect(port).toMatch(/^\$\{BIND_ADDRESS:-127\.0\.0\.1\}:/);
		}
	});

	it('waits for services that are there, and keeps data in volumes that are there', () => {
		for (const { depends_on: needed = [], volumes: mounted = [] } of Object.values(services)) {
			for (const name of Array.isArray(needed) ? needed : Object.keys(needed)) {
				expect(services).toHaveProperty(name);
				if (!Array.isArray(needed)) expect(services[name]?.healthcheck).toBeDefined();
			}
			for (const mount of mounted.map((one) => one.split(':')[0] ?? '')) {
				if (mount.startsWith('./')) expect(existsSync(path.join(folder, mount))).toBe(true);
				else expect(volumes).toHaveProperty(mount);
			}
		}
	});

	it('names nothing in the environment that n8n does not read', () => {
		const names = Object.keys(environmentOf('main'));
		const modules = path.join(root, 'node_modules');
		const known =
			codeOf(path.join(modules, '@n8n', 'config', 'dist')) + codeOf(path.join(modules, 'n8n-core', 'dist'));
		// Read by the package "n8n" itself, which is installed for the checks in a real n8n only.
		const ofN8nItself = [
			'N8N_REINSTALL_MISSING_PACKAGES',
			'N8N_UNVERIFIED_PACKAGES_ENABLED',
			'OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS',
		];
		const unknown = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(known));
		expect(unknown.sort()).toEqual(ofN8nItself);
		const n8n = path.join(root, 'tools', 'n8n', 'node_modules', 'n8n', 'dist');
		if (!existsSync(n8n)) return;
		const files = ['modules/community-packages/community-packages.config.js', 'workflow-runner.js'];
		const code = files.map((file) => readFileSync(path.join(n8n, file), 'utf8')).join('\n');
		for (const name of ofN8nItself) expect(code).toContain(name);
	});

	it('sets what the checks of queue mode run with', () => {
		const stop = async () => undefined;
		const measured = queueEnvironment({
			postgres: { port: 5432, password: '', stop },
			redis: { port: 6379, password: '', stop },
			encryptionKey: '',
			url: '',
		});
		expect(Object.keys(environmentOf('main'))).toEqual(expect.arrayContaining(Object.keys(measured)));
	});

	it('names every setting in the example, where no secret stands', () => {
		const example = read('.env.example');
		const used = [...text.matchAll(/(?<!\$)\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name);
		expect(used.length).toBeGreaterThan(5);
		for (const name of used) expect(example).toMatch(new RegExp(`^(# )?${name}=`, 'm'));
		for (const name of ['N8N_ENCRYPTION_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']) {
			expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
			// Without it nothing starts.
			expect(text).toContain(`\${${name}:?`);
		}
	});

	it('hands to the webhook process what n8n serves there, by the address', () => {
		const caddyfile = read('Caddyfile');
		const [, paths = ''] = /@production path (.+)/.exec(caddyfile) ?? [];
		const { webhook, webhookWaiting, form, formWaiting, mcp } = new EndpointsConfig();
		expect(paths.trim().split(' ')).toEqual(
			[webhook, webhookWaiting, form, formWaiting, mcp].map((one) => `/${one}/*`),
		);
		expect(caddyfile).toContain('lb_policy uri_hash');
	});
});
