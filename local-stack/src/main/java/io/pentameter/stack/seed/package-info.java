/**
 * What a stack holds after its first start: the realm and its people ({@link io.pentameter.stack.seed.Realm}), two tenants with
 * their keys ({@link io.pentameter.stack.seed.Tenants}), and the file that tells a user all of it.
 */
@NullMarked
package io.pentameter.stack.seed;

import org.jspecify.annotations.NullMarked;
