/**
 * The whole stack on one machine: {@link io.pentameter.stack.LocalStack} starts the engines and the services in the right
 * order, {@link io.pentameter.stack.StackCommand} is what {@code ./pentameter} calls.
 */
@NullMarked
package io.pentameter.stack;

import org.jspecify.annotations.NullMarked;
