/** The fine-tune stage: a buffer of labelled frames, when to train, and what is published of it. */
package io.pidstream.train;
