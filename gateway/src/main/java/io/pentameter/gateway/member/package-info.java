/**
 * People of a tenant and their roles.
 *
 * <p>Start at {@code MemberResource}.
 */
@NullMarked
package io.pentameter.gateway.member;

import org.jspecify.annotations.NullMarked;
