/* What makes an n8n run in queue mode. docs/queue-mode/docker-compose.yml sets the same. */
import { POSTGRES, type Service } from './services';

/** The settings that all processes share. */
export function queueEnvironment(of: {
	postgres: Service;
	redis: Service;
	encryptionKey: string;
	url: string;
}): NodeJS.ProcessEnv {
	return {
		EXECUTIONS_MODE: 'queue',
		// n8n 3 does this without being asked.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_ENCRYPTION_KEY: of.encryptionKey,
		N8N_EDITOR_BASE_URL: of.url,
		N8N_WEBHOOK_URL: of.url,
		N8N_PROXY_HOPS: '1',
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(of.postgres.port),
		DB_POSTGRESDB_DATABASE: POSTGRES.database,
		DB_POSTGRESDB_USER: POSTGRES.user,
		DB_POSTGRESDB_PASSWORD: of.postgres.password,
		// Of each process. n8n's own 2 are few for ten executions at once.
		DB_POSTGRESDB_POOL_SIZE: '10',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(of.redis.port),
		QUEUE_BULL_REDIS_PASSWORD: of.redis.password,
	};
}
