/**
 * Child processes that this process owns. Start with {@link io.pentameter.stack.process.Component}, which is one part of
 * the stack; {@link io.pentameter.stack.process.OwnedProcess} is the operating system's side of it.
 */
@NullMarked
package io.pentameter.stack.process;

import org.jspecify.annotations.NullMarked;
