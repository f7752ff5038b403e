"""Testimonials: doctors who came tell why and how; read, offered, withdrawn."""
