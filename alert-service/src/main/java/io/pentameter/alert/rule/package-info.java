/**
 * What a tenant wants to be told about; start at {@link io.pentameter.alert.rule.RuleDefinition}.
 */
@NullMarked
package io.pentameter.alert.rule;

import org.jspecify.annotations.NullMarked;
