/** Commits the transactions of output topics, and says so where Kafka has aborted one. */
package io.pidstream.commit;
