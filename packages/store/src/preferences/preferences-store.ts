import type { JSONValue } from 'postgres'
import type { Database } from '../database/database.js'

/** What a person has set, by name; what the names and values may be, the caller knows. */
export type StoredPreferences = Readonly<Record<string, unknown>>

export interface PreferencesStore {
  /** null where nothing was ever set. */
  get(userId: string): Promise<StoredPreferences | null>
  /**
   * Sets what is named and leaves the rest as it was.
   * @returns all of them then; null where there is no such user.
   */
  merge(userId: string, change: StoredPreferences): Promise<StoredPreferences | null>
}

export function createPreferencesStore(database: Database): PreferencesStore {
  return {
    async get(userId) {
      const [row] = await database.query(
        (sql) => sql<{ data: StoredPreferences }[]>`
          select data from user_preferences where user_id = ${userId}`,
      )
      return row?.data ?? null
    },
    async merge(userId, change) {
      // The lock keeps a deletion of the account, which erases preferences, before this or after it.
      const [row] = await database.query(
        (sql) => sql<{ data: StoredPreferences }[]>`
          insert into user_preferences as kept (user_id, data)
          select id, ${sql.json(change as JSONValue)}
            from users
           where id = ${userId} and deleted_at is null
             for share
          on conflict (user_id) do update
             set data = kept.data || excluded.data, updated_at = now()
          returning data`,
      )
      return row?.data ?? null
    },
  }
}
