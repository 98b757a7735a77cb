/// The `lanewise` command: one file for each subcommand. A command reads and checks its arguments;
/// the work is done in the packages below and in the libraries.
@NullMarked
package dev.lanewise.experiments;

import org.jspecify.annotations.NullMarked;
