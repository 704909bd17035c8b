import type { Sql } from '../database/connection.js'

/** Columns of a `UserRow`, in its names, of the table as `u`. */
export function userColumns(sql: Sql) {
  return sql`
    u.id, u.email, u.username, u.profile_image as "profileImage", u.created_at as "createdAt"`
}
