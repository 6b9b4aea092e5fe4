"""Generation metrics

Revision ID: 20241003_0002
Revises: 20240925_0001
Create Date: 2024-10-03 09:30:00
"""

from alembic import op
import sqlalchemy as sa

revision = "20241003_0002"
down_revision = "20240925_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "generation_metrics",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("job_id", sa.String(36), sa.ForeignKey("generation_jobs.id", ondelete="SET NULL")),
        sa.Column("media_type", sa.String(50), nullable=False, server_default="image"),
        sa.Column("created_at", sa.DateTime(), nullable=False, server_default=sa.func.now()),
    )


def downgrade() -> None:
    op.drop_table("generation_metrics")
